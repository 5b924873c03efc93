package org.privatus.simulation.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of loopback that nobody uses. For programs that must know their port before they start; somebody else may be faster.
public final class FreePorts {
    private FreePorts() {}

    /// A port that the system would give; it gives each only once for a while.
    public static int next() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
