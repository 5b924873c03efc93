package org.privatus.simulation.bench.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.privatus.node.terminal.UserError;

/// A child process that carries out orders: a line of JSON in, a line of JSON out. Other lines that it prints tell what went wrong if it ends. It has to
/// end when its standard input does, so that it outlives nobody; [#close] ends it at once.
///
/// @param <Q> orders
/// @param <A> answers
public final class Child<Q, A> implements AutoCloseable {
    private static final int LINES_KEPT = 12;
    private static final int LINE_LENGTH_MAX = 300;
    private static final long END_PATIENCE_SECONDS = 5;

    private final String name;
    private final Process process;
    private final Writer orders;
    private final LineCodec<Q> orderLines;
    private final LineCodec<A> answerLines;
    private final BlockingQueue<Optional<A>> answers = new LinkedBlockingQueue<>();
    private final Deque<String> said = new ArrayDeque<>();

    private Child(String name, Process process, LineCodec<Q> orderLines, LineCodec<A> answerLines) {
        this.name = name;
        this.process = process;
        this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.orderLines = orderLines;
        this.answerLines = answerLines;
    }

    /// Starts it; it is ended with the rest.
    ///
    /// @param name in messages
    public static <Q, A> Child<Q, A> start(
            String name, List<String> command, LineCodec<Q> orders, LineCodec<A> answers, Cleanup cleanup)
            throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var child = new Child<>(name, process, orders, answers);
        cleanup.add(child::close);
        Thread.ofVirtual().start(child::listen);
        return child;
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            keep("its output broke: " + e.getMessage());
        } finally {
            answers.add(Optional.empty());
        }
    }

    private void heard(String line) {
        try {
            if (line.startsWith("{")) {
                answers.add(Optional.of(answerLines.read(line)));
                return;
            }
        } catch (JsonProcessingException e) {
            keep("no answer: " + e.getOriginalMessage());
        }
        keep(line);
    }

    private synchronized void keep(String line) {
        if (said.size() == LINES_KEPT) {
            said.removeFirst();
        }
        said.addLast(line.length() > LINE_LENGTH_MAX ? line.substring(0, LINE_LENGTH_MAX) : line);
    }

    private synchronized String lastWords() {
        return said.isEmpty() ? "it said nothing" : String.join(" | ", said);
    }

    /// For its CPU time.
    public ProcessHandle handle() {
        return process.toHandle();
    }

    public String name() {
        return name;
    }

    /// Gives an order; the answer is to be fetched before the next one.
    public void tell(Q order) {
        try {
            orders.write(orderLines.write(order) + "\n");
            orders.flush();
        } catch (IOException e) {
            throw ended();
        }
    }

    /// The answer to the last order.
    ///
    /// @throws UserError if the process ended, or does not answer in time
    public A answer(Duration patience) {
        try {
            Optional<A> answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw UserError.runtime(name + " did not answer within " + patience.toSeconds()
                        + " s: the machine may be too busy; last said: " + lastWords());
            }
            return answer.orElseThrow(this::ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UserError.runtime("interrupted");
        }
    }

    public A ask(Q order, Duration patience) {
        tell(order);
        return answer(patience);
    }

    private UserError ended() {
        return UserError.runtime("the process of " + name + " ended: " + lastWords());
    }

    /// Ends it, by force if it has to be.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
