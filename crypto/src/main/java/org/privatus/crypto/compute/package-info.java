/// Work too long for the thread that received a datagram: [org.privatus.crypto.compute.Job] and what it costs.
/// Who runs jobs, and when, is decided by `node` and by the simulator, not here.
@NullMarked
package org.privatus.crypto.compute;

import org.jspecify.annotations.NullMarked;
