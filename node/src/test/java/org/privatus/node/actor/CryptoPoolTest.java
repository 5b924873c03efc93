package org.privatus.node.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.compute.Job;

class CryptoPoolTest {
    private static final long PATIENCE_SECONDS = 60;

    private final ActorTestKit kit = ActorTestKit.create();
    private final LinkedBlockingQueue<Job> done = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    /// Does what it is told, and knows whether it was erased.
    private static final class Told extends Job {
        private final Runnable work;
        private boolean erased;

        Told(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            work.run();
        }

        @Override
        public Cost cost() {
            return Cost.NONE;
        }

        @Override
        public void erase() {
            erased = true;
        }
    }

    private ActorRef<CryptoPool.Command> pool(int queueJobsMax) {
        return kit.spawn(CryptoPool.create(1, queueJobsMax, DispatcherSelector.defaultDispatcher()));
    }

    private Job next() throws InterruptedException {
        Job job = done.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(job).isNotNull();
        return job;
    }

    @Test
    void aJobThatThrowsGoesBackAsFailedAndTheWorkerGoesOn() throws InterruptedException {
        var pool = pool(8);
        var broken = new Told(() -> {
            throw new IllegalArgumentException("a bug");
        });
        var sound = new Told(() -> {});
        pool.tell(new CryptoPool.Run(broken, done::add));
        pool.tell(new CryptoPool.Run(sound, done::add));

        assertThat(next()).isSameAs(broken);
        assertThatThrownBy(broken::orThrow).hasRootCauseMessage("a bug");
        assertThat(broken.erased).isTrue();
        assertThat(next()).isSameAs(sound);
        assertThat(sound.orThrow()).isSameAs(sound);
    }

    @Test
    void aJobThatFindsTheQueueFullGoesBackAsFailed() throws InterruptedException {
        var pool = pool(1);
        var release = new CountDownLatch(1);
        var first = new Told(() -> awaitQuietly(release));
        pool.tell(new CryptoPool.Run(first, done::add));
        var waiting = new Told(() -> {});
        pool.tell(new CryptoPool.Run(waiting, done::add));
        var refused = new Told(() -> {});
        pool.tell(new CryptoPool.Run(refused, done::add));

        assertThat(next()).isSameAs(refused);
        assertThatThrownBy(refused::orThrow).hasRootCauseMessage("the crypto pool is full");
        release.countDown();
        assertThat(next()).isSameAs(first);
        assertThat(next()).isSameAs(waiting);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released this job");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
