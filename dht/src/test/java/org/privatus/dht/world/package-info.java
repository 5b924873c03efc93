/// Many cores in one thread and on one virtual clock, with a network of latencies, losses and deaths between them. For tests of the DHT alone:
/// the simulator runs the actors.
@NullMarked
package org.privatus.dht.world;

import org.jspecify.annotations.NullMarked;
