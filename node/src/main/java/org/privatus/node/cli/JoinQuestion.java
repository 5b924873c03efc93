package org.privatus.node.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.JoinAddress;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// `--join HOST:PORT` without a KEY: whoever runs a simulated network on this machine has a port that tells the rest.
///
/// Only a machine that is this one may be asked: anybody on the way to another could give the KEY of a node of their own. What is
/// answered must be a node on this machine too, and of a laboratory network.
final class JoinQuestion {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int LINE_MAX = 512;
    private static final String LOCALHOST = "localhost:";
    private static final String FORM = "write KEY@HOST:PORT, as 'privatus id --node' prints it";

    private JoinQuestion() {}

    /// What was typed, with its KEY.
    ///
    /// @throws UserError when it has none and nobody could be asked
    static String complete(String typed) {
        String text = typed.strip();
        if (text.contains("@") || !text.contains(":")) {
            return text;
        }
        Endpoint place = place(text).filter(Endpoint::isLoopback).orElseThrow(() -> keyNeeded(text));
        String answer = ask(place);
        try {
            JoinAddress address = JoinAddress.parse(answer);
            if (address.network().isLaboratory()
                    && address.endpoint().filter(Endpoint::isLoopback).isPresent()) {
                return address.encode();
            }
            throw noGateway(place);
        } catch (BadAddressException e) {
            throw noGateway(place);
        }
    }

    private static Optional<Endpoint> place(String text) {
        String literal = text.startsWith(LOCALHOST) ? "127.0.0.1:" + text.substring(LOCALHOST.length()) : text;
        try {
            return Optional.of(Endpoint.parse(literal)).filter(Endpoint::isDialable);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String ask(Endpoint place) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS + ANSWER_MILLIS);
        try (var socket = new Socket()) {
            InetSocketAddress there = place.toInetSocketAddress();
            socket.connect(there, CONNECT_MILLIS);
            return line(socket, deadline);
        } catch (ConnectException e) {
            throw UserError.runtime("--join: nobody listens at " + place
                    + ": start 'privatus simulate local --realtime --gateway " + place + "' first, or " + FORM);
        } catch (IOException e) {
            throw noGateway(place);
        }
    }

    /// The first line, of which there is no more than [#LINE_MAX]; a timeout is an [IOException].
    private static String line(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        var line = new ByteArrayOutputStream();
        while (line.size() < LINE_MAX) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            socket.setSoTimeout((int) Math.max(1, left));
            int octet = left > 0 ? in.read() : -1;
            if (octet < 0 || octet == '\n') {
                break;
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static UserError keyNeeded(String text) {
        return UserError.usage("--join: " + RemoteText.line(text)
                + " has no KEY, without which only a simulated network on" + " this machine can be joined: " + FORM);
    }

    private static UserError noGateway(Endpoint place) {
        return UserError.runtime("--join: what listens at " + place + " is no gateway of a simulated network: " + FORM);
    }
}
