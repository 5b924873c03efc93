/// The opponent: a private test network of an installed `tor`, measured with the same work as our own. Read
/// {@link org.privatus.simulation.bench.tor.TorBench} first.
@NullMarked
package org.privatus.simulation.bench.tor;

import org.jspecify.annotations.NullMarked;
