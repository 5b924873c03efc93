package org.privatus.simulation.results;

import java.util.List;

/// What happened to messages, kept apart by kind until [MessageJoin] brings sender and receiver together.
///
/// At most [#KEPT_MAX] events of each kind stay. Beyond that every second message is followed, then every fourth: which ones is a
/// hash of the message's number, so all shards follow the same ones and a followed message is followed whole. All are counted.
final class MessageLog {
    static final int KEPT_MAX = 1 << 20;

    private static final int LEVEL_MAX = 64;

    private final MessageEvents sent = new MessageEvents();
    private final MessageEvents shown = new MessageEvents();
    private final MessageEvents acknowledged = new MessageEvents();
    private final MessageEvents refused = new MessageEvents();
    private int level;

    void sent(long message, int from, int to, long atNanos) {
        add(sent, message, atNanos, from, to);
    }

    void shown(long message, int at, long atNanos) {
        add(shown, message, atNanos, at, 0);
    }

    void acknowledged(long message, int relays, long atNanos) {
        add(acknowledged, message, atNanos, relays, 0);
    }

    void refused(long message, long atNanos) {
        add(refused, message, atNanos, 0, 0);
    }

    /// Sent, shown, acknowledged, refused.
    List<MessageEvents> kinds() {
        return List.of(sent, shown, acknowledged, refused);
    }

    void add(MessageEvents kind, long message, long atNanos, int first, int second) {
        if (!MessageEvents.stays(message, level)) {
            return;
        }
        kind.add(message, atNanos, first, second);
        while (kind.size() > KEPT_MAX && level < LEVEL_MAX) {
            raiseTo(level + 1);
        }
    }

    void raiseTo(int newLevel) {
        level = newLevel;
        kinds().forEach(kind -> kind.thin(newLevel));
    }

    void add(MessageLog other) {
        if (other.level > level) {
            raiseTo(other.level);
        }
        for (int k = 0; k < kinds().size(); k++) {
            MessageEvents from = other.kinds().get(k);
            for (int i = 0; i < from.size(); i++) {
                add(kinds().get(k), from.message(i), from.time(i), from.first(i), from.second(i));
            }
        }
    }

    /// One in 2^level messages is followed.
    int level() {
        return level;
    }
}
