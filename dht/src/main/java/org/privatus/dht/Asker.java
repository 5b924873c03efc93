package org.privatus.dht;

import org.privatus.dht.message.DhtAnswer;

/// Who sent a request, and is told what came of it: at most one stall, then exactly one answer or failure, unless it abandons the request.
interface Asker {
    void answered(Request request, DhtAnswer answer, long now);

    /// It takes longer than expected, and may still be answered.
    default void stalled(Request request, long now) {}

    /// Given up, or answered with nonsense.
    void failed(Request request, long now);
}
