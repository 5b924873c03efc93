package org.privatus.node.link.core.recovery;

import java.lang.management.ManagementFactory;

/// What loss recovery costs per packet: CPU nanoseconds and bytes of the heap, over a fixed number of packets with one frame of two cells each, acknowledged
/// by bursts. Run by hand: `java … RecoveryCost [packets per acknowledgement] [packets in flight] [lost in a thousand]`.
final class RecoveryCost {
    private static final int PACKETS = 4_000_000;
    private static final int ROUNDS = 5;
    private static final int BYTES = 1_064;

    private final LossRecovery<Object> recovery =
            new LossRecovery<>(new RttEstimator(), new Cubic(PathMtu.BASE, 8L << 20), new PathMtu(PathMtu.BASE));
    private final AckTracker acks = new AckTracker();
    private final Object channel = new Object();
    private final LossRecovery.Outcome<Object> outcome = new LossRecovery.Outcome<>() {
        @Override
        public void onAcked(int kind, Object subject, long first, int count) {
            cellsAcked += count;
        }

        @Override
        public void onLost(int kind, Object subject, long first, int count) {
            cellsLost += count;
        }

        @Override
        public void onProbe() {}
    };
    private long cellsAcked;
    private long cellsLost;

    static void main(String[] args) {
        int perAck = args.length > 0 ? Integer.parseInt(args[0]) : 64;
        int inFlight = args.length > 1 ? Integer.parseInt(args[1]) : 1_024;
        int lostInThousand = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            var cost = new RecoveryCost();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();
            cost.run(perAck, inFlight, lostInThousand);
            nanos = threads.getCurrentThreadCpuTime() - nanos;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            IO.println(String.format(
                    "%.1f ns, %.2f bytes per packet; cells acknowledged %,d, lost %,d",
                    (double) nanos / PACKETS, (double) bytes / PACKETS, cost.cellsAcked, cost.cellsLost));
        }
    }

    private void run(int perAck, int inFlight, int lostInThousand) {
        long now = 0;
        long delivered = 0;
        recovery.setWindowLimited(true);
        for (long number = 0; number < PACKETS; number++) {
            now += 1_000;
            recovery.carries(6, channel, 2 * number, 2);
            recovery.onSent(BYTES, now);
            if (number - delivered >= inFlight + perAck) {
                for (int i = 0; i < perAck; i++, delivered++) {
                    if (delivered % 1_000 >= lostInThousand) {
                        acks.onReceived(delivered, true, now);
                    }
                }
                recovery.onAck(acks.ranges(), 0, now, outcome);
                acks.onAckSent();
            }
        }
    }
}
