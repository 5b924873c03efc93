/// Circuits of others through this node: {@link org.privatus.onion.relay.Relay} is the core. Own circuits are not here.
@NullMarked
package org.privatus.onion.relay;

import org.jspecify.annotations.NullMarked;
