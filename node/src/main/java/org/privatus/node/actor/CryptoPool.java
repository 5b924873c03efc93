package org.privatus.node.actor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.privatus.crypto.compute.Job;

/// Hands heavy work to workers, each of which takes the next job when it has finished one.
///
/// Jobs start in the order they came. Limits: `workers` jobs run at once; a queue beyond `queueJobsMax` refuses the newest
/// job, which goes back to its owner as failed.
public final class CryptoPool {
    /// What the pool is told.
    public sealed interface Command permits Run, WorkerFree, WorkerDied, GetLoad {}

    /// Run this job and hand it to `done`, which is called on a worker's thread.
    public record Run(Job job, Consumer<Job> done) implements Command {}

    /// How busy the pool is.
    public record GetLoad(ActorRef<Load> replyTo) implements Command {}

    private record WorkerFree(ActorRef<Run> worker) implements Command {}

    private record WorkerDied() implements Command {}

    /// How much the pool has to do.
    ///
    /// @param queuedJobs waiting for a worker now
    /// @param refusedJobs refused since start because the queue was full
    public record Load(int workers, int busyWorkers, int queuedJobs, long finishedJobs, long refusedJobs) {}

    private final ActorContext<Command> context;
    private final DispatcherSelector dispatcher;
    private final int workers;
    private final int queueJobsMax;
    private final Deque<Run> queue = new ArrayDeque<>();
    private final List<ActorRef<Run>> free = new ArrayList<>();
    private long finishedJobs;
    private long refusedJobs;

    private CryptoPool(ActorContext<Command> context, int workers, int queueJobsMax, DispatcherSelector dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.queueJobsMax = queueJobsMax;
        for (int i = 0; i < workers; i++) {
            free.add(spawnWorker());
        }
    }

    private ActorRef<Run> spawnWorker() {
        ActorRef<Run> worker = context.spawnAnonymous(worker(context.getSelf()), dispatcher);
        context.watchWith(worker, new WorkerDied());
        return worker;
    }

    /// A pool whose workers live as long as it does.
    ///
    /// @param dispatcher where the workers run; it blocks no other actor
    public static Behavior<Command> create(int workers, int queueJobsMax, DispatcherSelector dispatcher) {
        return Behaviors.setup(context -> {
            var pool = new CryptoPool(context, workers, queueJobsMax, dispatcher);
            return Behaviors.receiveMessage(pool::onMessage);
        });
    }

    private Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Run run -> enqueue(run);
            case WorkerFree(var worker) -> {
                finishedJobs++;
                free.add(worker);
            }
            case WorkerDied() -> free.add(spawnWorker());
            case GetLoad(var replyTo) ->
                replyTo.tell(new Load(workers, workers - free.size(), queue.size(), finishedJobs, refusedJobs));
        }
        while (!queue.isEmpty() && !free.isEmpty()) {
            free.removeLast().tell(queue.removeFirst());
        }
        return Behaviors.same();
    }

    private void enqueue(Run run) {
        if (queue.size() < queueJobsMax) {
            queue.addLast(run);
        } else {
            refusedJobs++;
            run.job().fail(new RejectedExecutionException("the crypto pool is full"));
            run.done().accept(run.job());
        }
    }

    /// What a job throws is our bug, and its owner's to crash with: a worker serves all.
    private static void attempt(Job job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            job.fail(e);
        }
    }

    private static Behavior<Run> worker(ActorRef<Command> pool) {
        return Behaviors.receive((context, run) -> {
            attempt(run.job());
            run.done().accept(run.job());
            pool.tell(new WorkerFree(context.getSelf()));
            return Behaviors.same();
        });
    }
}
