package org.privatus.simulation.bench.tor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.CpuTime;
import org.privatus.simulation.bench.harness.Progress;

/// A private network of tor on loopback: three authorities, six relays that may be exits too, a client and an onion service.
final class TorNetwork {
    private static final int AUTHORITIES = 3;
    private static final int RELAYS = 6;
    private static final int SERVICE_PORT = 80;
    private static final Duration BOOTSTRAP_PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 250;

    private static final List<String> COMMON = List.of(
            "TestingTorNetwork 1",
            "PathsNeededToBuildCircuits 0.67",
            "TestingDirAuthVoteExit *",
            "TestingDirAuthVoteHSDir *",
            "TestingDirAuthVoteGuard *",
            "V3AuthNIntervalsValid 2",
            "TestingV3AuthInitialVotingInterval 20",
            "TestingV3AuthInitialVoteDelay 4",
            "TestingV3AuthInitialDistDelay 4",
            "V3AuthVotingInterval 20",
            "V3AuthVoteDelay 4",
            "V3AuthDistDelay 4",
            "ShutdownWaitLength 0",
            "LearnCircuitBuildTimeout 0",
            "CircuitBuildTimeout 60",
            "AvoidDiskWrites 1",
            "NumCPUs 1",
            "DataDirectoryGroupReadable 0");

    private final TorNode client;
    private final TorNode service;
    private final List<TorNode> authorities = new ArrayList<>();
    private final List<TorNode> relays = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();

    /// @param servicePort where the onion service hands its connections to
    TorNetwork(TorPrograms programs, boolean vanilla, Path root, int servicePort, Progress progress)
            throws IOException {
        progress.now("making keys for tor's authorities");
        List<String> known = new ArrayList<>();
        for (int i = 0; i < AUTHORITIES; i++) {
            TorNode authority = with(COMMON, new TorNode(programs, "authority" + i, root));
            known.add(authority.becomeAuthority());
            authorities.add(authority);
        }
        for (int i = 0; i < RELAYS; i++) {
            TorNode relay = with(COMMON, new TorNode(programs, "relay" + i, root));
            relay.relays();
            relays.add(relay);
        }
        client = with(COMMON, new TorNode(programs, "client", root));
        client.add("SocksPort 127.0.0.1:" + client.socksPort() + " IsolateSOCKSAuth");
        service = with(COMMON, new TorNode(programs, "service", root));
        service.add("SocksPort 0");
        Path hidden = Files.createDirectories(service.directory().resolve("hidden"));
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
        service.add("HiddenServiceDir " + hidden);
        service.add("HiddenServicePort " + SERVICE_PORT + " 127.0.0.1:" + servicePort);
        for (TorNode node : all()) {
            with(known, node);
            if (vanilla) {
                node.add("Schedulers Vanilla");
            }
        }
        for (TorNode relay : relays) {
            fingerprints.add(relay.fingerprint());
        }
    }

    private static TorNode with(List<String> lines, TorNode node) {
        lines.forEach(node::add);
        return node;
    }

    /// Returns when the client knows the network.
    TorControl start(Cleanup cleanup, Progress progress) throws IOException {
        progress.now("starting " + all().size() + " tors");
        for (TorNode node : all()) {
            node.start(cleanup);
        }
        long deadline = System.nanoTime() + BOOTSTRAP_PATIENCE.toNanos();
        TorControl control = await(deadline, () -> TorControl.tryOpen(client.controlPort(), cleanup));
        progress.now("waiting for tor's consensus");
        while (!control.isBootstrapped() || !control.knows(fingerprints)) {
            checkAlive();
            pause(deadline);
        }
        return control;
    }

    private interface Attempt<T> {
        java.util.Optional<T> now() throws IOException;
    }

    private <T> T await(long deadline, Attempt<T> attempt) throws IOException {
        for (var result = attempt.now(); ; result = attempt.now()) {
            if (result.isPresent()) {
                return result.get();
            }
            checkAlive();
            pause(deadline);
        }
    }

    private void checkAlive() throws IOException {
        for (TorNode node : all()) {
            node.checkAlive();
        }
    }

    private static void pause(long deadline) {
        if (System.nanoTime() > deadline) {
            throw UserError.runtime("tor's network was not ready within " + BOOTSTRAP_PATIENCE.toSeconds() + " s");
        }
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }

    private List<TorNode> all() {
        return Stream.of(authorities, relays, List.of(client, service))
                .flatMap(List::stream)
                .toList();
    }

    int socksPort() {
        return client.socksPort();
    }

    /// The host name of the onion service.
    String onion() throws IOException {
        return Files.readString(service.directory().resolve("hidden").resolve("hostname"))
                .strip();
    }

    int onionPort() {
        return SERVICE_PORT;
    }

    /// The relays that are no authorities.
    List<String> fingerprints() {
        return List.copyOf(fingerprints);
    }

    /// CPU seconds of all processes so far.
    List<Double> cpuTimes() {
        return CpuTime.read(all().stream().map(TorNode::process).toList());
    }

    /// CPU seconds of the relays so far, authorities included.
    List<Double> relayCpuTimes() {
        return CpuTime.read(Stream.concat(authorities.stream(), relays.stream())
                .map(TorNode::process)
                .toList());
    }

    void stop() {
        all().forEach(TorNode::stop);
    }
}
