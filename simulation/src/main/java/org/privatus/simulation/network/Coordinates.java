package org.privatus.simulation.network;

import java.util.List;

/// A map of the network for [CoordinateLatency]: squares in a plane whose unit is a millisecond of one-way latency, over which nodes
/// are spread evenly, and the access delay that each node has on top, as the height of Vivaldi's coordinates.
///
/// @param accessLeastMillis the least access delay of a node, one way; twice as much separates any two
/// @param accessMoreMillis mean of what is added to it, exponentially distributed
public record Coordinates(List<Area> areas, double accessLeastMillis, double accessMoreMillis) {
    /// Fitted to the round trips between 490 hosts of the internet. In ms, measured / found in 400,000 pairs, at the 1st, 5th, 10th,
    /// 25th, 50th, 75th, 90th, 95th and 99th percentile: 6.1 / 6.4, 19.3 / 19.8, 31.6 / 32.0, 59.3 / 58.5, 135.0 / 135.2,
    /// 201.8 / 201.1, 290.7 / 288.7, 324.9 / 324.7, 412.6 / 413.1.
    public static final Coordinates MEASURED = new Coordinates(
            List.of(
                    new Area(0.5875, 0, 0, 44.14),
                    new Area(0.1750, 66.55, 0, 0),
                    new Area(0.1625, -73.45, 58.62, 35.65),
                    new Area(0.0750, 22.60, -104.32, 114.02)),
            1.0,
            1.03);

    private static final double MILLIS_MOST = 10_000;

    public Coordinates {
        areas = List.copyOf(areas);
        Weights.require("areas", areas.stream().mapToDouble(Area::weight).toArray());
        requireMillis("least access delay", accessLeastMillis);
        requireMillis("mean of more access delay", accessMoreMillis);
    }

    /// A square.
    ///
    /// @param weight how many nodes are in it, in proportion to the other areas
    /// @param xMillis where its middle is
    /// @param sideMillis 0 for a place without extent
    public record Area(double weight, double xMillis, double yMillis, double sideMillis) {
        public Area {
            requireMillis("side of an area", sideMillis);
            requireMillis("distance of an area", Math.max(Math.abs(xMillis), Math.abs(yMillis)));
        }
    }

    private static void requireMillis(String name, double millis) {
        if (!(millis >= 0 && millis <= MILLIS_MOST)) {
            throw new IllegalArgumentException(
                    "the " + name + " is " + millis + " ms; allowed is 0 to " + (long) MILLIS_MOST);
        }
    }
}
