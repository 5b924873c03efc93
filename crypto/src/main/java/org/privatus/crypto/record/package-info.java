/// The signed value that the DHT stores, [org.privatus.crypto.record.SignedRecord]. Where it is stored, and for
/// how long, is `dht`.
@NullMarked
package org.privatus.crypto.record;

import org.jspecify.annotations.NullMarked;
