/// Whom a node knows: {@link org.privatus.dht.routing.RoutingTable}. What is asked of them, and when, is not here.
@NullMarked
package org.privatus.dht.routing;

import org.jspecify.annotations.NullMarked;
