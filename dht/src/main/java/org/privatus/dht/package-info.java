/// Kademlia: routing table, lookups and signed records. How packets travel is not here.
@NullMarked
package org.privatus.dht;

import org.jspecify.annotations.NullMarked;
