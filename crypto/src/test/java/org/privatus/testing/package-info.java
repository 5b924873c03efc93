/// What the tests of all modules share: seeded properties ([Seeded]) and published vectors ([SharedVectors]).
@NullMarked
package org.privatus.testing;

import org.jspecify.annotations.NullMarked;
