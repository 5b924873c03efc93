package org.privatus.node.link.core.recovery;

/// Spreads packets over a round trip (RFC 9002 section 7.7): a bucket of bytes, filled at the controller's rate, and packets released in bursts.
///
/// A burst is what flows in {@link #PAUSE_NANOS}, because no timer can do with less: at high rates that is one timer and some trains per millisecond,
/// at low rates a single packet at its exact time. The bucket holds more, so that a burst that comes late, or after a pause for lack of data or of
/// acknowledgements, makes good what was missed: twice a burst; or a full train ({@link #TRAIN_BYTES}) where that takes no longer than {@link
/// #TRAIN_NANOS} to flow in, which gives short paths their trains; or an initial window, which is what may always leave at once. Never more than the
/// receiver says it can buffer. So at any time no more has left than the bucket holds and the rate has brought.
public final class Pacer {
    /// The shortest pause: what timers of a busy node are good for.
    static final long PAUSE_NANOS = 1_000_000;

    /// 64 packets of the least size, which is as many as a kernel takes at once.
    static final int TRAIN_BYTES = 64 * PathMtu.BASE;

    static final long TRAIN_NANOS = 4_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double leastCapacity;
    private double receiverBuffer = Double.MAX_VALUE;
    private double tokens;
    private double wanted;
    private long filledAt;
    private boolean started;

    public Pacer(int packetBytes) {
        this.leastCapacity = (double) CongestionController.initialWindow(packetBytes);
    }

    /// What the receiver's socket can hold; a packet may be longer.
    public void limitBursts(long bytes) {
        receiverBuffer = (double) bytes;
    }

    /// When a packet of `bytes` may leave: `now`, or later. Once a packet had to wait, so do all until a burst has flowed in.
    public long earliest(int bytes, long bytesPerSecond, long now) {
        double bytesPerNano = bytesPerSecond / NANOS_PER_SECOND;
        double capacity = capacity(bytes, bytesPerNano);
        fill(capacity, bytesPerNano, now);
        if (tokens >= Math.max(bytes, wanted)) {
            wanted = 0;
            return now;
        }
        wanted = Math.max(bytes, Math.min(bytesPerNano * PAUSE_NANOS, capacity / 2));
        return now + (long) Math.ceil((wanted - tokens) / bytesPerNano);
    }

    /// A packet left. Probes and acknowledgements are not held back but count, so the bucket may become empty below zero.
    public void onSent(int bytes) {
        tokens -= bytes;
    }

    private double capacity(int bytes, double bytesPerNano) {
        double train = Math.min(TRAIN_BYTES, bytesPerNano * TRAIN_NANOS);
        double late = Math.max(train, 2 * bytesPerNano * PAUSE_NANOS);
        return Math.max(bytes, Math.min(receiverBuffer, Math.max(late, leastCapacity)));
    }

    private void fill(double capacity, double bytesPerNano, long now) {
        tokens = started ? Math.min(capacity, tokens + bytesPerNano * (now - filledAt)) : capacity;
        started = true;
        filledAt = now;
    }
}
