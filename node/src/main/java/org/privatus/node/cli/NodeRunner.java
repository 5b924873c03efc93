package org.privatus.node.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.privatus.crypto.keystore.Passphrase;
import org.privatus.node.control.ControlPort;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.terminal.UserError;

/// Starts a node in this process. Found by [java.util.ServiceLoader], so that the light commands load nothing of it.
public interface NodeRunner {
    /// Returns when the socket is bound, the identities are there and the store is open; joining goes on in the
    /// background.
    ///
    /// @throws org.privatus.node.terminal.UserError with one line: wrong passphrase, taken port, unusable store
    Running start(NodeStart start) throws IOException;

    /// What the command line knows.
    ///
    /// @param home locked by the caller, who unlocks it after [Running#close()]
    /// @param join the node to join the network through; empty: those remembered in the data directory, or nobody
    /// @param passphrase of the keys; the runner erases it
    /// @param progress called with lines for the user while the start takes long
    record NodeStart(
            DataDirectory home,
            NodeSettings settings,
            Optional<String> join,
            PassphraseInput passphrase,
            Consumer<String> progress) {}

    /// Where the passphrase is asked for: at most once per start, and only when the keys need one.
    @FunctionalInterface
    interface PassphraseInput {
        /// The passphrase; empty where none was given and nobody can be asked.
        ///
        /// @param fresh whether keys are made now: asked for twice then
        Optional<char[]> get(boolean fresh);

        /// The same as keys take it, which the caller erases; its characters are erased here.
        ///
        /// @throws UserError when it is empty or too long
        default Optional<Passphrase> ofKeys(boolean fresh) {
            return get(fresh).map(characters -> {
                try {
                    return Passphrase.of(characters);
                } catch (IllegalArgumentException e) {
                    throw UserError.usage(String.valueOf(e.getMessage()));
                } finally {
                    Arrays.fill(characters, '\0');
                }
            });
        }
    }

    /// A node that runs.
    interface Running extends AutoCloseable {
        ControlPort port();

        /// `KEY@HOST:PORT` by which others join through this node: its own endpoint if it is known, else where it
        /// listens.
        String joinAddress();

        /// Completed when the node has ended, by itself ([org.privatus.node.control.ControlRequest.Stop]) or because
        /// of [#close()];
        /// fails with what ended it otherwise.
        CompletionStage<Void> ended();

        /// Says goodbye to peers, writes what must be kept, ends. Blocks, at most some seconds. A second call does
        /// nothing.
        @Override
        void close();
    }
}
