/// The handshake that adds a hop to a circuit: ntor v3 (Tor proposal 332) with an ML-KEM-768 exchange in its encrypted
/// messages. The client's side is [org.privatus.crypto.ntor.HybridClient], the relay's
/// [org.privatus.crypto.ntor.HybridRelay]. How the messages are cut into cells is decided elsewhere.
@NullMarked
package org.privatus.crypto.ntor;

import org.jspecify.annotations.NullMarked;
