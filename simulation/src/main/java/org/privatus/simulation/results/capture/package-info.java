/// What happened, event by event and datagram by datagram, for other programs to read: [Capture] for Wireshark, [EventLog] for
/// scripts. Both are bounded and change nothing in a run.
@NullMarked
package org.privatus.simulation.results.capture;

import org.jspecify.annotations.NullMarked;
