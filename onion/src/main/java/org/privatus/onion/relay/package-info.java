/// Circuits of others through this node: {@link org.privatus.onion.relay.Relay} is the core. What ends here, ends at
/// streams: splices of a gateway, and streams that measure this relay. Own circuits are not here.
@NullMarked
package org.privatus.onion.relay;

import org.jspecify.annotations.NullMarked;
