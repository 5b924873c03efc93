/// The datagram network between simulated nodes: latency by pair, jitter, loss, reordering, duplication, and rules that cut it.
///
/// Read [SimulatedNetwork] first. Not modelled: bandwidth, queues, fragmentation, NAT.
@NullMarked
package org.privatus.simulation.network;

import org.jspecify.annotations.NullMarked;
