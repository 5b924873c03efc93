/// Fixed work on a stream of bytes, whatever carries it: a direct channel, a circuit, a socket. {@link org.privatus.simulation.bench.work.Task} is the side
/// that measures, {@link org.privatus.simulation.bench.work.Answerer} the other one. Not here: what carries the bytes.
@NullMarked
package org.privatus.simulation.bench.work;

import org.jspecify.annotations.NullMarked;
