package org.privatus.simulation.network;

import org.privatus.simulation.network.Coordinates.Area;
import org.privatus.simulation.random.Mix;

/// Latency by place: the distance of two nodes in the plane and the access delays of both. Places follow from (seed, node), so
/// nothing is kept per node, and the triangle inequality holds but for the access delays.
public final class CoordinateLatency implements LatencyModel {
    private static final int HEIGHTS = 4096;
    private static final int HEIGHT_SHIFT = 52;
    private static final double UNIT = 0x1.0p-32;
    private static final long LOW_HALF = 0xffff_ffffL;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long key;
    private final Weights areas;
    private final double[] left;
    private final double[] bottom;
    private final double[] side;
    private final double[] heightMillis = new double[HEIGHTS];

    public CoordinateLatency(long seed, Coordinates map) {
        this.key = Mix.of(seed, Mix.of("place"));
        this.areas = new Weights(
                seed, "area", map.areas().stream().mapToDouble(Area::weight).toArray());
        this.side = map.areas().stream().mapToDouble(Area::sideMillis).toArray();
        this.left = map.areas().stream()
                .mapToDouble(area -> area.xMillis() - area.sideMillis() / 2)
                .toArray();
        this.bottom = map.areas().stream()
                .mapToDouble(area -> area.yMillis() - area.sideMillis() / 2)
                .toArray();
        for (int i = 0; i < HEIGHTS; i++) {
            double more = -StrictMath.log(1 - (i + 0.5) / HEIGHTS);
            heightMillis[i] = map.accessLeastMillis() + map.accessMoreMillis() * more;
        }
    }

    @Override
    public long oneWayNanos(int from, int to) {
        int here = areas.of(from);
        int there = areas.of(to);
        long one = Mix.of(key, from);
        long other = Mix.of(key, to);
        double x = left[here] + side[here] * high(one) - (left[there] + side[there] * high(other));
        double y = bottom[here] + side[here] * low(one) - (bottom[there] + side[there] * low(other));
        return (long) (NANOS_PER_MILLI * (Math.sqrt(x * x + y * y) + (height(one) + height(other))));
    }

    @Override
    public long minimumNanos() {
        return (long) (NANOS_PER_MILLI * (heightMillis[0] + heightMillis[0]));
    }

    private double height(long word) {
        return heightMillis[(int) (Mix.mix64(word) >>> HEIGHT_SHIFT)];
    }

    private static double high(long word) {
        return (word >>> Integer.SIZE) * UNIT;
    }

    private static double low(long word) {
        return (word & LOW_HALF) * UNIT;
    }
}
