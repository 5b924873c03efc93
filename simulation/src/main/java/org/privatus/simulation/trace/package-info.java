/// What happened, as hashes: one rolling hash per node, and where two runs part. Read [TraceHash] first.
@NullMarked
package org.privatus.simulation.trace;

import org.jspecify.annotations.NullMarked;
