package org.privatus.node.settings;

import java.time.Duration;
import org.privatus.crypto.identity.NetworkId;

/// The process that runs a node. Keys below `privatus.node`.
///
/// @param listen `ADDRESS:PORT`, port 0 for any that is free
/// @param relay whether to carry others' circuits
/// @param person whether somebody's conversations live here; false for a machine that only relays
/// @param keepContacts whether contacts are noted for the next start
/// @param socketBufferBytes asked of the kernel for each direction
/// @param transport `auto` or `nio`: how sockets are served
/// @param actorThreadsMin threads of the dispatcher that runs the actors, whatever the number of processors
/// @param actorThreadsMax and at most
/// @param cryptoWorkers threads for heavy cryptography; 0 for the number of processors, at most 8
/// @param stopPatience how long peers and the store get when the node ends
public record ProcessSettings(
        NetworkId network,
        String listen,
        boolean relay,
        boolean person,
        boolean keepContacts,
        int socketBufferBytes,
        String transport,
        int actorThreadsMin,
        int actorThreadsMax,
        int cryptoWorkers,
        Duration stopPatience) {
    private static final int MOST_WORKERS = 8;
    private static final String AUTO = "auto";
    private static final String NIO = "nio";

    public ProcessSettings {
        Bounds.address("node.listen", listen);
        Bounds.within("node.socket-buffer", socketBufferBytes, 1 << 16, 1 << 26);
        Bounds.oneOf("node.transport", transport, AUTO, NIO);
        Bounds.within("node.actor-threads-min", actorThreadsMin, 1, 32);
        Bounds.within("node.actor-threads-max", actorThreadsMax, actorThreadsMin, 32);
        Bounds.within("node.crypto-workers", cryptoWorkers, 0, 64);
        Bounds.within("node.stop-patience", stopPatience, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    /// Whether sockets may be served by what the system offers beyond Java.
    public boolean mayUseEpoll() {
        return transport.equals(AUTO);
    }

    /// Workers on this machine.
    public int cryptoWorkersOn(int processors) {
        return cryptoWorkers == 0 ? Math.min(processors, MOST_WORKERS) : cryptoWorkers;
    }
}
