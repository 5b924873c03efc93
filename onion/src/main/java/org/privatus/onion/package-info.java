/// Circuits, relays, cells, streams, path choice and leases. Where relays come from is not here.
@NullMarked
package org.privatus.onion;

import org.jspecify.annotations.NullMarked;
