package org.privatus.simulation.bench.tor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Cleanup;

/// The control port of a tor (control-spec): commands, and the events of circuits and streams. For one thread.
final class TorControl {
    private static final long PATIENCE_SECONDS = 60;
    private static final String OK = "250";
    private static final String EVENT = "650";

    private final Socket socket;
    private final Writer out;
    private final BlockingQueue<List<String>> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /// One line of an event.
    ///
    /// @param words without the number: `CIRC 7 BUILT …`
    record Event(long atNanos, List<String> words) {
        boolean is(String kind, String id, String state) {
            return words.size() > 2
                    && words.get(0).equals(kind)
                    && words.get(1).equals(id)
                    && words.get(2).equals(state);
        }
    }

    private TorControl(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
    }

    /// Empty while nobody listens there.
    static Optional<TorControl> tryOpen(int port, Cleanup cleanup) throws IOException {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            cleanup.add(socket::close);
            socket.setTcpNoDelay(true);
            var control = new TorControl(socket);
            Thread.ofPlatform().daemon().name("tor-control").start(control::listen);
            control.command("AUTHENTICATE");
            control.command("SETEVENTS CIRC STREAM");
            return Optional.of(control);
        } catch (ConnectException e) {
            return Optional.empty();
        }
    }

    private void listen() {
        var reply = new ArrayList<String>();
        try (var lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean data = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (data) {
                    data = !line.equals(".");
                    reply.add(line);
                } else if (line.startsWith(EVENT)) {
                    events.add(new Event(
                            System.nanoTime(), List.of(line.substring(4).split(" "))));
                } else {
                    data = line.length() > 3 && line.charAt(3) == '+';
                    reply.add(line);
                    if (line.length() > 3 && line.charAt(3) == ' ') {
                        replies.add(List.copyOf(reply));
                        reply.clear();
                    }
                }
            }
        } catch (IOException e) {
            replies.add(List.of("closed: " + e.getMessage()));
        }
    }

    /// The lines of the answer.
    ///
    /// @throws UserError if tor refuses it
    List<String> command(String line) throws IOException {
        List<String> reply = ask(line);
        if (!reply.getLast().startsWith(OK)) {
            throw UserError.runtime("tor refused '" + line + "': " + reply.getLast());
        }
        return reply;
    }

    private List<String> ask(String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
        return next(replies, line);
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw UserError.runtime("tor did not answer within " + PATIENCE_SECONDS + " s: " + what);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }

    boolean isBootstrapped() throws IOException {
        return command("GETINFO status/bootstrap-phase").getFirst().contains("PROGRESS=100");
    }

    /// Whether all these relays are in the consensus that it has.
    boolean knows(List<String> fingerprints) throws IOException {
        for (String fingerprint : fingerprints) {
            boolean known = ask("GETINFO ns/id/" + fingerprint).getLast().startsWith(OK)
                    && ask("GETINFO md/id/" + fingerprint).getLast().startsWith(OK);
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /// Whether streams wait until [#attachNext] gives them a circuit.
    void leaveStreamsUnattached(boolean leave) throws IOException {
        command("SETCONF __LeaveStreamsUnattached=" + (leave ? 1 : 0));
        events.clear();
    }

    /// Begins to build a circuit; its number.
    String extend(List<String> path) throws IOException {
        String reply = command("EXTENDCIRCUIT 0 " + String.join(",", path)).getFirst();
        return reply.substring(reply.lastIndexOf(' ') + 1);
    }

    /// Waits until that circuit is built; when it was.
    long awaitBuilt(String circuit) {
        while (true) {
            Event event = next(events, "a circuit");
            if (event.is("CIRC", circuit, "BUILT")) {
                return event.atNanos();
            }
            if (event.is("CIRC", circuit, "FAILED") || event.is("CIRC", circuit, "CLOSED")) {
                throw UserError.runtime("tor could not build a circuit: " + String.join(" ", event.words()));
            }
        }
    }

    /// Waits until so many of these circuits are built; when the last was.
    long awaitBuilt(List<String> circuits) {
        var missing = new ArrayList<>(circuits);
        while (true) {
            Event event = next(events, "circuits");
            boolean ofCircuit =
                    event.words().size() > 2 && event.words().getFirst().equals("CIRC");
            if (ofCircuit && event.words().get(2).equals("BUILT")) {
                missing.remove(event.words().get(1));
            } else if (ofCircuit
                    && event.words().get(2).equals("FAILED")
                    && missing.contains(event.words().get(1))) {
                throw UserError.runtime("tor could not build a circuit: " + String.join(" ", event.words()));
            }
            if (missing.isEmpty()) {
                return event.atNanos();
            }
        }
    }

    /// Gives the next new stream to that target this circuit. What tor itself opens meanwhile goes where it likes.
    ///
    /// @param target `host:port`
    void attachNext(String target, String circuit) throws IOException {
        while (true) {
            List<String> words = next(events, "a stream").words();
            if (words.size() > 4
                    && words.get(0).equals("STREAM")
                    && words.get(2).equals("NEW")) {
                boolean ours = words.get(4).equals(target);
                command("ATTACHSTREAM " + words.get(1) + " " + (ours ? circuit : "0"));
                if (ours) {
                    return;
                }
            }
        }
    }

    /// Closes circuits, as far as tor has not closed them already.
    void close(List<String> circuits) throws IOException {
        for (String circuit : circuits) {
            ask("CLOSECIRCUIT " + circuit);
        }
    }

    void forgetEvents() {
        events.clear();
    }
}
