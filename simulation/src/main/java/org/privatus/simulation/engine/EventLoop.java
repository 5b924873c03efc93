package org.privatus.simulation.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.privatus.simulation.random.Mix;

/// The heart of a simulation: a virtual clock, pending events and the tasks that are ready now, on the one thread that made it.
///
/// A step takes the earliest event, sets the clock to its time, makes its node the current one, runs it and then drains the
/// ready tasks (Pekko's mailboxes) until none is left. Whatever is scheduled during a step belongs to that node, unless another
/// owner is named (a datagram's receiver). Nodes exchange nothing but events, so what a step touches is its node's alone.
///
/// Events are ordered by (time, causing node, that node's counter): no global counter, so spreading the nodes over several loops
/// does not change the order ([#takeSequence], [#insert]).
///
/// Before each step `ThreadLocalRandom`, from which Pekko draws uids and jitter, is seeded from (seed, causing node, counter).
/// The JDK adds the thread's id to each draw, so on another thread the draws are others: nothing may reach the trace that
/// depends on them.
///
/// Every entry point checks the thread; a foreign one gets a [ForeignThreadException], and so does the next step of the run.
public final class EventLoop {
    /// The owner of what no node does: the scenario, and the actor system itself.
    public static final int WORLD = -1;

    /// 2026-01-01T00:00:00Z, the usual wall clock of a run at its start.
    public static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long seed;
    private final Trace trace;
    private final long startMillis;
    private final Thread thread = Thread.currentThread();
    private final EventQueue events = new EventQueue(this::checkThread);
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

    private long[] counters = new long[64];
    private long nowNanos;
    private int currentNode = WORLD;
    private long eventCount;
    private long taskCount;
    private boolean halted;
    private volatile @Nullable Throwable failure;

    public EventLoop(long seed, Trace trace) {
        this(seed, trace, EPOCH_MILLIS);
    }

    /// @param startMillis the virtual wall clock at time 0
    public EventLoop(long seed, Trace trace, long startMillis) {
        this.seed = seed;
        this.trace = trace;
        this.startMillis = startMillis;
        ThreadRandom.prepare();
        seedThreadRandom(WORLD, 0);
    }

    /// Virtual nanoseconds since the run began.
    public long nowNanos() {
        return nowNanos;
    }

    /// The virtual wall clock.
    public long epochMillis() {
        return startMillis + nowNanos / NANOS_PER_MILLI;
    }

    /// On whose behalf the loop is running now.
    public int currentNode() {
        return currentNode;
    }

    /// Steps taken so far.
    public long eventCount() {
        return eventCount;
    }

    /// Ready tasks run so far: one is up to five messages of an actor.
    public long taskCount() {
        return taskCount;
    }

    public int pendingEvents() {
        return events.size();
    }

    /// Schedules for the current node.
    public Event after(long delayNanos, EventKind kind, Runnable action) {
        return after(delayNanos, currentNode, kind, action);
    }

    /// Schedules for `owner`; the current node is the cause. A negative delay is none.
    public Event after(long delayNanos, int owner, EventKind kind, Runnable action) {
        checkThread();
        long time = saturatingAdd(nowNanos, Math.max(delayNanos, 0));
        var event = new Event(events, time, currentNode, nextCounter(currentNode), owner, kind, action);
        events.add(event);
        return event;
    }

    /// Takes the number that the next event of `node` as a cause would get; for an event that another loop will hold.
    public long takeSequence(int node) {
        checkThread();
        return nextCounter(node);
    }

    /// Schedules what a node of another loop caused, at the place that its loop gave it.
    public Event insert(long timeNanos, int cause, long sequence, int owner, EventKind kind, Runnable action) {
        checkThread();
        if (timeNanos < nowNanos) {
            throw new IllegalStateException("an event of " + timeNanos + " ns comes at " + nowNanos + " ns: too late");
        }
        var event = new Event(events, timeNanos, cause, sequence, owner, kind, action);
        events.add(event);
        return event;
    }

    /// Adds an entry to the trace of `node` at this moment.
    public void record(int node, EventKind kind, long detail) {
        trace.record(node, nowNanos, kind, detail);
    }

    /// Runs `task` in this step, after those that are ready already.
    public void execute(Runnable task) {
        checkThread();
        ready.addLast(task);
    }

    /// Runs ready tasks until none is left.
    public void drain() {
        checkThread();
        Runnable task;
        while ((task = ready.pollFirst()) != null) {
            taskCount++;
            task.run();
        }
    }

    /// Runs `action` and what it makes ready as `node`, between two steps, at the present moment.
    public void runAs(int node, Runnable action) {
        checkThread();
        int before = currentNode;
        currentNode = node;
        seedThreadRandom(node, nextCounter(node));
        try {
            action.run();
            drain();
        } finally {
            currentNode = before;
        }
        throwFailure();
    }

    /// Takes every step up to and including `timeNanos`, then sets the clock to it.
    public void runUntil(long timeNanos) {
        checkThread();
        while (stepBefore(timeNanos)) {
            // all of it happens in the step
        }
        nowNanos = Math.max(nowNanos, timeNanos);
    }

    /// Takes every step before `horizonNanos`, then sets the clock to it, unless a step halts the loop.
    ///
    /// @return false when it was halted: the clock stands at the step
    public boolean runBefore(long horizonNanos) {
        checkThread();
        halted = false;
        while (!halted && stepBefore(horizonNanos - 1)) {
            // all of it happens in the step
        }
        if (!halted) {
            nowNanos = horizonNanos;
        }
        return !halted;
    }

    /// Makes the present step the last of [#runBefore].
    public void halt() {
        checkThread();
        halted = true;
    }

    /// Shows every pending event, in no order.
    public void pending(Trace visitor) {
        checkThread();
        events.forEach(event -> visitor.record(
                event.owner, event.timeNanos, event.kind, EventKind.detail(event.cause, event.sequence)));
    }

    /// When the next step will be; `Long.MAX_VALUE` when none is pending.
    public long earliestNanos() {
        checkThread();
        Event event = events.peek();
        return event == null ? Long.MAX_VALUE : event.timeNanos;
    }

    /// Takes the next step if it lies at or before `limitNanos`; false when there is none.
    public boolean stepBefore(long limitNanos) {
        throwFailure();
        Event event = events.peek();
        if (event == null || event.timeNanos > limitNanos) {
            return false;
        }
        events.removePeeked();
        Runnable action = event.take();
        if (action != null) {
            step(event, action);
        }
        throwFailure();
        return true;
    }

    private void step(Event event, Runnable action) {
        nowNanos = event.timeNanos;
        currentNode = event.owner;
        eventCount++;
        trace.record(event.owner, event.timeNanos, event.kind, EventKind.detail(event.cause, event.sequence));
        seedThreadRandom(event.cause, event.sequence);
        try {
            action.run();
            drain();
        } finally {
            currentNode = WORLD;
        }
    }

    /// Stops the run: the next step throws `cause`. May be called from any thread.
    public void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    void checkThread() {
        if (!Thread.currentThread().equals(thread)) {
            var foreign = new ForeignThreadException(Thread.currentThread());
            fail(foreign);
            throw foreign;
        }
    }

    private void throwFailure() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the run was stopped: " + cause.getMessage(), cause);
        }
    }

    private long nextCounter(int node) {
        int index = node + 1;
        if (index >= counters.length) {
            counters = Arrays.copyOf(counters, Math.max(2 * counters.length, index + 1));
        }
        return counters[index]++;
    }

    private void seedThreadRandom(int node, long counter) {
        ThreadRandom.seed(thread, Mix.of(Mix.of(seed, node), counter));
    }

    private static long saturatingAdd(long time, long delay) {
        long sum = time + delay;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /// Reaches the seed of `ThreadLocalRandom`, a field of `Thread`; needs `--add-opens java.base/java.lang=ALL-UNNAMED`.
    private static final class ThreadRandom {
        private static final VarHandle SEED = handle();

        /// A thread's first use of its generator seeds it, so that must be over.
        static void prepare() {
            ThreadLocalRandom.current();
        }

        static void seed(Thread thread, long value) {
            SEED.set(thread, value);
        }

        private static VarHandle handle() {
            try {
                var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
                return lookup.findVarHandle(Thread.class, "threadLocalRandomSeed", long.class);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("run with the flags of .mvn/jvm-flags: " + e.getMessage(), e);
            }
        }
    }
}
