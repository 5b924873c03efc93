/// Counter Galois Onion, the encryption of cells between a circuit's maker and its relays (Tor proposal 359; IACR ePrint
/// 2025/583). The maker holds a [org.privatus.crypto.cgo.ClientCircuitCrypto], each relay a
/// [org.privatus.crypto.cgo.RelayHop]. What a cell's message says, and where the seeds come from
/// ([org.privatus.crypto.ntor]), is decided elsewhere.
@NullMarked
package org.privatus.crypto.cgo;

import org.jspecify.annotations.NullMarked;
