/// The directory in which a node keeps what is its own. Read [DataDirectory].
@NullMarked
package org.privatus.node.home;

import org.jspecify.annotations.NullMarked;
