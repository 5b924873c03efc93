package org.privatus.simulation.bench.tor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.FreePorts;

/// One tor of the private network: its directory, ports and process.
final class TorNode {
    private static final String CERTIFICATE_MONTHS = "12";
    private static final String PASSPHRASE = "only-for-a-bench\n";
    private static final long TOOL_PATIENCE_SECONDS = 60;
    private static final long END_PATIENCE_SECONDS = 5;

    private final TorPrograms programs;
    private final String name;
    private final Path directory;
    private final int orPort = FreePorts.next();
    private final int dirPort = FreePorts.next();
    private final int controlPort = FreePorts.next();
    private final int socksPort = FreePorts.next();
    private final List<String> lines = new ArrayList<>();
    private Optional<Process> process = Optional.empty();

    /// @param name a nickname, letters and digits
    TorNode(TorPrograms programs, String name, Path root) throws IOException {
        this.programs = programs;
        this.name = name;
        this.directory = Files.createDirectories(root.resolve(name));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        add("Nickname " + name);
        add("DataDirectory " + directory);
        add("Log notice file " + log());
        add("ControlPort 127.0.0.1:" + controlPort);
    }

    void add(String line) {
        lines.add(line);
    }

    Path directory() {
        return directory;
    }

    int controlPort() {
        return controlPort;
    }

    int socksPort() {
        return socksPort;
    }

    private Path log() {
        return directory.resolve("log");
    }

    void relays() {
        add("ORPort 127.0.0.1:" + orPort + " IPv4Only");
        add("Address 127.0.0.1");
        add("AssumeReachable 1");
        add("ExitRelay 1");
        add("ExitPolicyRejectPrivate 0");
        add("ExitPolicy accept *:*");
        add("SocksPort 0");
    }

    /// Makes the keys of an authority, which relays too; returns the line by which all others know it.
    String becomeAuthority() throws IOException {
        relays();
        add("DirPort 127.0.0.1:" + dirPort + " IPv4Only");
        add("AuthoritativeDirectory 1");
        add("V3AuthoritativeDirectory 1");
        add("ContactInfo bench@example.org");
        Path keys = Files.createDirectories(directory.resolve("keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        tool(List.of(
                programs.gencert().toString(),
                "--create-identity-key",
                "--passphrase-fd",
                "0",
                "-m",
                CERTIFICATE_MONTHS,
                "-a",
                "127.0.0.1:" + dirPort,
                "-i",
                keys.resolve("authority_identity_key").toString(),
                "-s",
                keys.resolve("authority_signing_key").toString(),
                "-c",
                keys.resolve("authority_certificate").toString()));
        String identity = Files.readAllLines(keys.resolve("authority_certificate")).stream()
                .filter(line -> line.startsWith("fingerprint "))
                .findFirst()
                .map(line -> line.substring("fingerprint ".length()).strip())
                .orElseThrow(() -> UserError.runtime("tor-gencert made no certificate"));
        return "DirAuthority " + name + " orport=" + orPort + " no-v2 v3ident=" + identity + " 127.0.0.1:" + dirPort
                + " " + fingerprint();
    }

    /// Of the key that other relays know it by; made when it is first asked for.
    String fingerprint() throws IOException {
        // An authority of its own, since it may not know the real ones yet.
        List<String> known = new ArrayList<>(lines);
        if (lines.stream().noneMatch(line -> line.startsWith("DirAuthority"))) {
            known.add(
                    "DirAuthority nobody orport=1 no-v2 v3ident=" + "0".repeat(40) + " 127.0.0.1:1 " + "0".repeat(40));
        }
        Path file = Files.write(directory.resolve("torrc-keys"), known);
        tool(List.of(programs.tor().toString(), "-f", file.toString(), "--hush", "--list-fingerprint"));
        String line = Files.readString(directory.resolve("fingerprint")).strip();
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    private static void tool(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var input = process.getOutputStream()) {
            input.write(PASSPHRASE.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It does not read what it does not need.
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(TOOL_PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw UserError.runtime(
                        Path.of(command.getFirst()).getFileName() + " failed: " + said.replace('\n', ' '));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw UserError.runtime("interrupted");
        }
    }

    void start(Cleanup cleanup) throws IOException {
        Path file = Files.write(directory.resolve("torrc"), lines);
        Process started = new ProcessBuilder(programs.tor().toString(), "-f", file.toString(), "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = Optional.of(started);
        cleanup.add(this::stop);
    }

    ProcessHandle process() {
        return process.orElseThrow(() -> new IllegalStateException(name + " was not started"))
                .toHandle();
    }

    /// @throws UserError with the end of its log, if it has ended
    void checkAlive() throws IOException {
        if (process.filter(Process::isAlive).isEmpty()) {
            List<String> said = Files.exists(log()) ? Files.readAllLines(log()) : List.of("it wrote no log");
            throw UserError.runtime("a tor ended: " + said.getLast());
        }
    }

    void stop() {
        process.ifPresent(running -> {
            running.destroy();
            try {
                if (!running.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.destroyForcibly();
            }
        });
    }
}
