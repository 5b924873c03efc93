package org.privatus.simulation.network;

/// A kind of access link: what its subscribers have between them and the network, in each direction with a queue of its own.
///
/// @param weight how many nodes have it, in proportion to the other classes
/// @param upBitsPerSecond from the node
/// @param downBitsPerSecond to the node
/// @param upQueueBytes what may wait on the way from the node, the datagram being sent included; more is dropped
/// @param downQueueBytes the same on the way to it
public record AccessClass(
        String name,
        double weight,
        long upBitsPerSecond,
        long downBitsPerSecond,
        int upQueueBytes,
        int downQueueBytes) {
    /// Added to each datagram's payload by IPv4 and UDP.
    public static final int HEADER_BYTES = 28;

    private static final long BITS_PER_SECOND_LEAST = 1_000;
    private static final long BITS_PER_SECOND_MOST = 400_000_000_000L;
    private static final int QUEUE_BYTES_LEAST = 2_048;
    private static final int QUEUE_BYTES_MOST = 1 << 30;

    public AccessClass {
        requireRate("up", upBitsPerSecond);
        requireRate("down", downBitsPerSecond);
        requireQueue("up", upQueueBytes);
        requireQueue("down", downQueueBytes);
    }

    private static void requireRate(String name, long bitsPerSecond) {
        if (bitsPerSecond < BITS_PER_SECOND_LEAST || bitsPerSecond > BITS_PER_SECOND_MOST) {
            throw new IllegalArgumentException(name + " is " + bitsPerSecond + " bit/s; allowed is "
                    + BITS_PER_SECOND_LEAST + " to " + BITS_PER_SECOND_MOST);
        }
    }

    private static void requireQueue(String name, int bytes) {
        if (bytes < QUEUE_BYTES_LEAST || bytes > QUEUE_BYTES_MOST) {
            throw new IllegalArgumentException(name + " queue is " + bytes + " bytes; allowed is " + QUEUE_BYTES_LEAST
                    + " to " + QUEUE_BYTES_MOST);
        }
    }
}
