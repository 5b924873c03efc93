package org.privatus.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C and SIGTERM into an orderly end: the process waits until [#finished] was called, at most
/// [#PATIENCE_SECONDS], and then exits with 0.
public final class Shutdown {
    private static final long PATIENCE_SECONDS = 15;

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "shutdown");

    public Shutdown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Waits for a signal or for the end of the node, whichever comes first.
    public void await(CompletionStage<Void> ended) {
        try {
            CompletableFuture.anyOf(asked, ended.toCompletableFuture()).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// Everything is closed.
    public void finished() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is what it waits for.
            return;
        }
    }

    private void onSignal() {
        asked.complete(null);
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // Whoever asked for the end got it: that is success, and not 128 plus a signal.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
