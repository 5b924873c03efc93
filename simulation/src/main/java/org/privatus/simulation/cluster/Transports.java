package org.privatus.simulation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Opens what carries the batches, on the thread of the shard.
final class Transports {
    private Transports() {}

    /// The transport of one shard.
    ///
    /// @param driver of this process, for Aeron
    static BatchTransport open(ClusterNode node, ClusterMessage.Assigned assigned, Optional<AeronDriver> driver) {
        return switch (assigned.transport()) {
            case AERON, AERON_UDP ->
                new AeronTransport(
                        driver.orElseThrow(), assigned.peers().size(), assigned.shard(), assigned.endpoints());
            case ARTERY -> artery(node, assigned.peers());
        };
    }

    private static BatchTransport artery(ClusterNode node, List<String> peers) {
        return new ArteryTransport(peers.stream().map(node::resolve).toList(), node.batches());
    }

    /// A port for UDP that is free now.
    static String freeEndpoint(String host) {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0))) {
            return host + ":" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a file of the coordinator's is here too, with the same content: then so is its shared memory.
    static boolean isSameMachine(String meetingFile, String token) {
        try {
            Path file = Path.of(meetingFile);
            return Files.isReadable(file) && Files.readString(file).equals(token);
        } catch (IOException e) {
            return false;
        }
    }
}
