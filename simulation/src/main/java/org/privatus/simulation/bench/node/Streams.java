package org.privatus.simulation.bench.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.bench.work.Answerer;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Task;
import org.privatus.simulation.bench.work.Work;

/// Streams of bytes that work is done on, whatever carries them: those that were opened here work, those that others opened answer. For one actor, which
/// tells it what happens.
final class Streams {
    private final Out out;
    private final TreeMap<Long, Answering> answering = new TreeMap<>();
    private final TreeMap<Long, Working> working = new TreeMap<>();
    private @Nullable Shift shift;

    /// Takes bytes for a stream, never more than it may send.
    interface Out {
        void send(long stream, byte[] bytes);
    }

    Streams(Out out) {
        this.out = out;
    }

    /// A stream that was asked for is open.
    void opened(long stream, int room) {
        working.put(stream, new Working(stream, room));
    }

    /// Somebody opened one.
    void incoming(long stream, int room) {
        answering.put(stream, new Answering(stream, room));
    }

    void received(long stream, byte[] bytes) {
        Answering answers = answering.get(stream);
        if (answers != null) {
            answers.received(bytes);
            return;
        }
        Working works = working.get(stream);
        if (works != null) {
            works.received(bytes.length);
        }
    }

    void writable(long stream, int more) {
        Answering answers = answering.get(stream);
        if (answers != null) {
            answers.writable(more);
            return;
        }
        Working works = working.get(stream);
        if (works != null) {
            works.writable(more);
        }
    }

    /// Work that was on it has failed.
    void closed(long stream) {
        answering.remove(stream);
        Working gone = working.remove(stream);
        if (gone != null && gone.task != null && shift != null) {
            shift.failed("a stream broke during the work");
            shift = null;
        }
    }

    /// Streams that were opened here.
    List<Long> own() {
        return List.copyOf(working.keySet());
    }

    /// Gives each piece of work to a stream of its own.
    void run(List<Work> works, CompletableFuture<List<Outcome>> done) {
        if (works.size() > working.size()) {
            done.completeExceptionally(
                    new IllegalStateException(works.size() + " pieces of work for " + working.size() + " streams"));
            return;
        }
        shift = new Shift(works, done);
        Deque<Working> free = new ArrayDeque<>(working.values());
        List<Working> chosen = works.stream().map(_ -> free.removeFirst()).toList();
        for (int i = 0; i < works.size(); i++) {
            chosen.get(i).begin(works.get(i), i);
        }
    }

    private final class Working {
        private final long stream;
        private int room;
        private int place;
        private @Nullable Task task;

        Working(long stream, int room) {
            this.stream = stream;
            this.room = room;
        }

        void begin(Work work, int itsPlace) {
            place = itsPlace;
            task = new Task(work);
            pump();
        }

        void received(int bytes) {
            Task now = task;
            if (now == null) {
                return;
            }
            now.received(bytes, System.nanoTime());
            if (now.isDone()) {
                end(now);
            } else {
                pump();
            }
        }

        private void end(Task ended) {
            task = null;
            Shift current = shift;
            if (current != null && current.finished(place, ended.outcome())) {
                begin(ended.work(), place);
            }
        }

        void writable(int more) {
            room += more;
            pump();
        }

        private void pump() {
            Task now = task;
            while (now != null) {
                byte[] bytes = now.next(room, System.nanoTime());
                if (bytes.length == 0) {
                    return;
                }
                room -= bytes.length;
                out.send(stream, bytes);
            }
        }
    }

    private final class Answering {
        private final long stream;
        private final Answerer answerer = new Answerer();
        private int room;

        Answering(long stream, int room) {
            this.stream = stream;
            this.room = room;
        }

        void received(byte[] bytes) {
            answerer.received(bytes, 0, bytes.length);
            pump();
        }

        void writable(int more) {
            room += more;
            pump();
        }

        private void pump() {
            for (byte[] bytes = answerer.next(room); bytes.length > 0; bytes = answerer.next(room)) {
                room -= bytes.length;
                out.send(stream, bytes);
            }
        }
    }
}
