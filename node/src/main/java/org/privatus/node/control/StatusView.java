package org.privatus.node.control;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One snapshot of a node: what `status`, `status --json`, the console and metrics show. Short names are the first 8
/// hexadecimal digits
/// of a key's id. It names no correspondent.
///
/// @param network `main`, `dev` or a number
/// @param person `unlocked`, `locked` or `none`
/// @param counters everything that only grows, by dotted name, such as `link.packets.dropped`
public record StatusView(
        String version,
        String network,
        String profile,
        String node,
        String person,
        long uptimeMillis,
        Reachability reachability,
        List<Peer> peers,
        List<Circuit> circuits,
        Paths paths,
        Dht dht,
        Relaying relaying,
        Messages messages,
        Tuner tuner,
        Crypto crypto,
        Socket socket,
        SortedMap<String, Long> counters) {
    public StatusView {
        peers = List.copyOf(peers);
        circuits = List.copyOf(circuits);
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }

    /// Whether strangers can reach us.
    ///
    /// @param listening the address and port of the socket
    /// @param endpoint as others see us; empty while unknown
    /// @param observers how many peers saw us there
    public record Reachability(State state, String listening, String endpoint, int observers) {
        /// What is known of it.
        public enum State {
            UNKNOWN,
            REACHABLE,
            PRIVATE
        }
    }

    /// A node that we have a link with.
    ///
    /// @param roundTripMillis smoothed
    /// @param channels circuits' legs on the link
    /// @param secrecy `classical`, `exchanging` or `post-quantum`
    public record Peer(
            String node, String endpoint, boolean weDialed, double roundTripMillis, int channels, String secrecy) {}

    /// A circuit of our own.
    ///
    /// @param purpose such as `spare`, `inbound`, `lookup`, `splice`
    /// @param state such as `building`, `ready`
    /// @param relays nearest first, as short names
    public record Circuit(String purpose, String state, List<String> relays, long ageMillis) {
        public Circuit {
            relays = List.copyOf(relays);
        }
    }

    /// How circuits are chosen and built. Guards are counted and not named.
    ///
    /// @param guards first hops that stay, as far as somebody describes them
    /// @param secondGuards second hops that stay, of circuits through which others come in
    /// @param quantileMillis 80 % of our circuits were built in this time; 0 until that is known
    /// @param lateMillis after it a second circuit is begun beside the first
    /// @param late circuits that came after that
    /// @param purposes how many circuits serve each, by name
    public record Paths(
            int guards,
            int secondGuards,
            double quantileMillis,
            double lateMillis,
            long built,
            long failed,
            long late,
            SortedMap<String, Integer> purposes) {
        public Paths {
            purposes = Collections.unmodifiableSortedMap(new TreeMap<>(purposes));
        }
    }

    /// Our part of the DHT.
    ///
    /// @param buckets contacts per bucket of the routing table, farthest bucket first
    /// @param contacts in the routing table
    /// @param records of others that we hold
    /// @param pool verified descriptors to choose relays from
    /// @param running lookups and stores on their way
    /// @param asked requests whose answer is awaited
    public record Dht(
            boolean joined, List<Integer> buckets, int contacts, int records, int pool, int running, int asked) {
        public Dht {
            buckets = List.copyOf(buckets);
        }
    }

    /// What we carry for others.
    public record Relaying(boolean enabled, int circuits, int splices, long cellsForwarded) {}

    /// Our person's conversations.
    ///
    /// @param queued own texts without acknowledgement
    /// @param sessions open end-to-end sessions
    /// @param requests strangers who wait
    /// @param leasePublished whether others can find a way to us now
    public record Messages(int contacts, int queued, int sessions, int requests, boolean leasePublished) {}

    /// What the supervisor watches.
    public record Tuner(
            long samples, Machine machine, List<Queue> queues, List<Latency> latencies, List<Watched> settings) {
        public Tuner {
            queues = List.copyOf(queues);
            latencies = List.copyOf(latencies);
            settings = List.copyOf(settings);
        }
    }

    /// By what cryptography is computed in this process, in words.
    ///
    /// @param packets the cipher of links
    /// @param cells the cipher of circuits
    /// @param curves agreement and signatures
    /// @param kem the post-quantum half of handshakes
    public record Crypto(String packets, String cells, String curves, String kem) {}

    /// How the socket is served, and what the kernel granted it.
    ///
    /// @param transport such as `epoll with GSO`, `epoll` or `nio`; empty while there is no socket, the figures are 0 then
    /// @param askedBytes of buffer, for receiving and for sending, each
    /// @param receiveBytes granted
    /// @param sendBytes granted
    /// @param dropped datagrams that were not sent because the queue was full
    /// @param hint what to do about too little; mostly empty
    public record Socket(
            String transport, int askedBytes, int receiveBytes, int sendBytes, long dropped, String hint) {}

    /// Shares from 0 to 1, sizes in bytes.
    public record Machine(
            double cpuLoad,
            double processCpuLoad,
            long heapUsedBytes,
            long heapMaxBytes,
            long memoryUsedBytes,
            long memoryTotalBytes,
            long diskUsedBytes,
            long diskTotalBytes) {}

    /// Work that waits.
    public record Queue(String name, long depth, long capacity) {}

    /// A distribution since the start, in milliseconds.
    public record Latency(
            String name, long count, double p50Millis, double p90Millis, double p99Millis, double maxMillis) {}

    /// A setting that may be moved within bounds.
    public record Watched(String name, double value, double least, double most) {}
}
