/// One running node: the actors, sockets, links, storage and messaging around the protocol cores.
@NullMarked
package org.privatus.node;

import org.jspecify.annotations.NullMarked;
