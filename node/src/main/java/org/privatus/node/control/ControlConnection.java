package org.privatus.node.control;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.privatus.node.control.ControlCodec.BadLineException;
import org.privatus.node.control.ControlReply.Failed;
import org.privatus.node.control.ControlRequest.Follow;
import org.privatus.node.control.ControlRequest.Send;
import org.privatus.node.control.LineChannel.LineTooLongException;

/// One client of a [ControlServer], served by the calling thread.
final class ControlConnection {
    /// Messages that may wait for a slow follower. One that falls further behind is cut off, and goes on from where
    /// it was by following again.
    static final int MAX_WAITING = 4_096;

    private static final long ANSWER_MILLIS = 30_000;
    private static final long MAX_SEND_MILLIS = 3_600_000;

    /// Held from when a request was read until its reply is written.
    private final Lock answering = new ReentrantLock();

    private final LineChannel lines;
    private final ControlPort port;

    ControlConnection(LineChannel lines, ControlPort port) {
        this.lines = lines;
        this.port = port;
    }

    /// Until the client is gone or breaks the rules.
    void serve() throws IOException {
        for (Optional<byte[]> line = next(); line.isPresent(); line = next()) {
            ControlRequest request;
            try {
                request = ControlCodec.request(line.get());
            } catch (BadLineException e) {
                reply(bad("this line is no request"));
                continue;
            }
            if (request instanceof Follow follow) {
                follow(follow);
                return;
            }
            answering.lock();
            try {
                reply(answer(request));
            } finally {
                answering.unlock();
            }
        }
    }

    /// Ends the connection, after the reply that is under way or at the deadline.
    void close(long deadlineNanos) {
        boolean idle = false;
        try {
            idle = answering.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.close();
        if (idle) {
            answering.unlock();
        }
    }

    private Optional<byte[]> next() throws IOException {
        try {
            return lines.read(ControlCodec.MAX_REQUEST);
        } catch (LineTooLongException e) {
            reply(bad("this line is longer than " + ControlCodec.MAX_REQUEST + " bytes"));
            return Optional.empty();
        }
    }

    private ControlReply answer(ControlRequest request) {
        if (request instanceof Send send && (send.timeoutMillis() < 0 || send.timeoutMillis() > MAX_SEND_MILLIS)) {
            return bad("the timeout is not between 0 and " + MAX_SEND_MILLIS + " ms");
        }
        long patience = ANSWER_MILLIS + (request instanceof Send send ? send.timeoutMillis() : 0);
        try {
            return port.ask(request).toCompletableFuture().get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unavailable("the node does not answer", "see its log, or stop it and start it again");
        } catch (ExecutionException e) {
            return new Failed(Failed.Kind.INTERNAL, "the node failed to answer", "see its log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("the node is stopping", "");
        }
    }

    /// Messages are written by a thread of their own, while this one waits for the client to go.
    private void follow(Follow request) throws IOException {
        var waiting = new ArrayBlockingQueue<ControlReply>(MAX_WAITING);
        var ended = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().name("control-follower").start(() -> write(waiting, ended));
        ControlPort.Following following = port.follow(request.afterSequence(), message -> {
            if (!waiting.offer(new ControlReply.Message(message))) {
                ended.set(true);
                lines.close();
            }
        });
        try {
            while (lines.read(ControlCodec.MAX_REQUEST).isPresent()) {
                // Whatever a follower says, it is told messages.
            }
        } finally {
            following.close();
            ended.set(true);
            writer.interrupt();
        }
    }

    private void write(BlockingQueue<ControlReply> waiting, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                reply(waiting.take());
            }
        } catch (IOException e) {
            lines.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reply(ControlReply reply) throws IOException {
        lines.write(ControlCodec.encode(reply));
    }

    private static Failed bad(String message) {
        return new Failed(Failed.Kind.BAD_INPUT, message, "");
    }

    private static Failed unavailable(String message, String whatToDo) {
        return new Failed(Failed.Kind.UNAVAILABLE, message, whatToDo);
    }
}
