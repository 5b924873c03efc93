/// What a command reads from and writes to, and how text from elsewhere is made harmless on the way.
@NullMarked
package org.privatus.node.terminal;

import org.jspecify.annotations.NullMarked;
