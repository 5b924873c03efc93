package org.privatus.simulation.bench.harness;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be ended and deleted at the end of a bench, however it ends: in order, by an error, or by Ctrl-C. The last that came is the first to go;
/// each goes once.
public final class Cleanup implements AutoCloseable {
    private final Deque<Remains> remains = new ArrayDeque<>();
    private final Thread hook = new Thread(this::tidy, "bench-cleanup");

    /// Something that is ended or deleted; does nothing when that was done already.
    @FunctionalInterface
    public interface Remains {
        void remove() throws IOException;
    }

    public Cleanup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public synchronized void add(Remains more) {
        remains.push(more);
    }

    private synchronized void tidy() {
        while (!remains.isEmpty()) {
            try {
                remains.pop().remove();
            } catch (IOException e) {
                System.err.println("privatus: something is left behind: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        tidy();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook has nothing left to do.
            return;
        }
    }
}
