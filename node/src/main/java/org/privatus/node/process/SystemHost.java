package org.privatus.node.process;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.actor.CryptoPool;
import org.privatus.node.host.Compute;
import org.privatus.node.host.Datagrams;
import org.privatus.node.host.Gauges;
import org.privatus.node.host.NodeHost;
import org.privatus.node.host.Time;
import org.privatus.node.settings.ProcessSettings;
import org.privatus.node.transport.NettyDatagrams;

/// What the real nodes of one process share: one event loop, one crypto pool, the system's clocks and randomness.
public final class SystemHost implements NodeHost, AutoCloseable {
    private static final int CRYPTO_QUEUE_JOBS_MAX = 8192;
    private static final String CRYPTO_DISPATCHER = "privatus.crypto-dispatcher";

    private static final String LOOP_DISPATCHER = "privatus.loop-dispatcher";

    private final NettyDatagrams datagrams;
    private final CryptoSuite suite = new StandardSuite();
    private final SecureRandom keys = new SecureRandom();
    private final Time time = new SystemTime();
    private final Gauges gauges;
    private final Compute compute;

    /// @param system runs the crypto pool; its dispatchers come from the settings
    /// @param datagrams closed with the host; the system's actors run on its loop
    /// @param data a directory on the disk that the gauges watch
    SystemHost(ActorSystem<?> system, NettyDatagrams datagrams, ProcessSettings settings, Path data)
            throws IOException {
        this.datagrams = datagrams;
        gauges = new MachineGauges(data);
        int workers = settings.cryptoWorkersOn(Runtime.getRuntime().availableProcessors());
        ActorRef<CryptoPool.Command> pool = system.systemActorOf(
                CryptoPool.create(workers, CRYPTO_QUEUE_JOBS_MAX, DispatcherSelector.fromConfig(CRYPTO_DISPATCHER)),
                "crypto-pool",
                Props.empty());
        compute = (job, done) -> pool.tell(new CryptoPool.Run(job, done));
    }

    @Override
    public Datagrams datagrams() {
        return datagrams;
    }

    @Override
    public DispatcherSelector loop() {
        return DispatcherSelector.fromConfig(LOOP_DISPATCHER);
    }

    @Override
    public Compute compute() {
        return compute;
    }

    @Override
    public Time time() {
        return time;
    }

    @Override
    public CryptoSuite suite() {
        return suite;
    }

    @Override
    public Gauges gauges() {
        return gauges;
    }

    /// Paths, ids and jitter come from the system's CSPRNG too: none of them may be guessed.
    @Override
    public RandomGenerator behaviour(String purpose) {
        return new SecureRandom();
    }

    @Override
    public SecureRandom keys() {
        return keys;
    }

    /// Closes the sockets. Nodes that still run find them dead.
    @Override
    public void close() {
        datagrams.close();
    }

    private static final class SystemTime implements Time {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    }
}
