/// Who a node is and how bytes are protected. No sockets and no actors here.
@NullMarked
package org.privatus.crypto;

import org.jspecify.annotations.NullMarked;
