package org.privatus.onion.flow;

import java.util.TreeSet;

/// The deadlines of a core, in order. Equal times fire in the order in which they were set.
public final class Timers {
    private final TreeSet<Timer> pending = new TreeSet<>();
    private long sequence;

    /// What is due. It may set and cancel timers.
    @FunctionalInterface
    public interface Task {
        void due(Moment now);
    }

    /// Sets a timer.
    public Timer at(long nanos, Task task) {
        Timer timer = new Timer(this, nanos, sequence++, task);
        pending.add(timer);
        return timer;
    }

    /// When the earliest timer is due; `Long.MAX_VALUE` if there is none.
    public long deadlineNanos() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.first().nanos;
    }

    /// Fires everything that is due.
    public void fire(Moment now) {
        while (!pending.isEmpty() && pending.first().nanos <= now.nanos()) {
            Timer due = pending.pollFirst();
            if (due != null) {
                due.task.due(now);
            }
        }
    }

    /// One deadline.
    public static final class Timer implements Comparable<Timer> {
        private final Timers timers;
        private final long nanos;
        private final long number;
        private final Task task;

        private Timer(Timers timers, long nanos, long number, Task task) {
            this.timers = timers;
            this.nanos = nanos;
            this.number = number;
            this.task = task;
        }

        /// Forgets this timer. Useless and harmless when it has fired.
        public void cancel() {
            timers.pending.remove(this);
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
