package org.privatus.simulation.shard;

import org.privatus.simulation.network.NetworkStatistics;
import org.privatus.simulation.results.Recording;
import org.privatus.simulation.results.Series;
import org.privatus.simulation.world.World;

/// The events and datagrams of one shard, second by second, in a recording.
public final class TrafficSeries {
    private final World world;
    private final Recording recording;
    private NetworkStatistics counted = NetworkStatistics.NONE;
    private long countedEvents;

    public TrafficSeries(World world, Recording recording) {
        this.world = world;
        this.recording = recording;
    }

    /// Counts what happened since the last call for the second that ends now. To be called at whole seconds and at the end.
    public void count() {
        NetworkStatistics now = world.network().statistics();
        long events = world.loop().eventCount();
        long at = Math.max(0, world.loop().nowNanos() - 1);
        recording.count(Series.EVENTS, at, events - countedEvents);
        recording.count(Series.DATAGRAMS, at, now.sent() - counted.sent());
        recording.count(Series.BYTES, at, now.sentBytes() - counted.sentBytes());
        recording.count(Series.LOST, at, now.lost() - counted.lost());
        counted = now;
        countedEvents = events;
    }
}
