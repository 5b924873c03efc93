package org.privatus.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.identity.OnionKeys;
import org.privatus.crypto.identity.PersonIdentity;
import org.privatus.crypto.keystore.KeystoreException;
import org.privatus.crypto.keystore.NodeKeystore;
import org.privatus.crypto.keystore.Passphrase;
import org.privatus.crypto.keystore.PersonKeystore;
import org.privatus.crypto.keystore.Protection;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.actor.NodeSpec;
import org.privatus.node.cli.NodeRunner;
import org.privatus.node.home.DataDirectory;
import org.privatus.node.store.SqliteStore;
import org.privatus.node.store.StoreOpenException;
import org.privatus.node.terminal.UserError;
import org.privatus.onion.path.PathMemory;

/// What a node keeps in its data directory, open: keys and, for a person, the database. Made at the first start.
public final class NodeHome implements AutoCloseable {
    private final DataDirectory directory;
    private final NodeKeystore node;
    private final Optional<PersonKeystore> person;
    private final Optional<SqliteStore> store;
    private final ExecutorService storeThread;
    private final PathsFile paths;
    private final SecureRandom random;

    private NodeHome(
            DataDirectory directory,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom random,
            NodeKeystore node,
            Optional<PersonKeystore> person,
            Optional<SqliteStore> store,
            ExecutorService storeThread) {
        this.directory = directory;
        this.node = node;
        this.person = person;
        this.store = store;
        this.storeThread = storeThread;
        this.random = random;
        this.paths = new PathsFile(directory.paths(), suite, node.identity(), network);
    }

    /// Opens the home of a node that carries a person.
    ///
    /// @param passphrase asked for only where the keys have one, or must have one: a network that is no laboratory
    /// @throws UserError with one line: wrong passphrase, damaged keys or database
    public static NodeHome openWithPerson(
            DataDirectory directory,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom random,
            NodeRunner.PassphraseInput passphrase,
            Consumer<String> progress)
            throws IOException {
        ExecutorService thread = storeThread();
        try {
            Files.createDirectories(directory.keys());
            NodeKeystore node = openNode(directory.keys(), network, suite, random, progress);
            PersonKeystore person = openPerson(directory.keys(), network, suite, random, passphrase);
            SqliteStore store = openStore(directory.database(), person, thread);
            return new NodeHome(
                    directory, network, suite, random, node, Optional.of(person), Optional.of(store), thread);
        } catch (KeystoreException | StoreOpenException e) {
            thread.shutdown();
            throw UserError.runtime(String.valueOf(e.getMessage()));
        }
    }

    /// Opens the home of a node that only relays.
    ///
    /// @throws UserError with one line: damaged keys
    public static NodeHome openRelay(
            DataDirectory directory,
            NetworkId network,
            CryptoSuite suite,
            SecureRandom random,
            Consumer<String> progress)
            throws IOException {
        try {
            Files.createDirectories(directory.keys());
            NodeKeystore node = openNode(directory.keys(), network, suite, random, progress);
            return new NodeHome(
                    directory, network, suite, random, node, Optional.empty(), Optional.empty(), storeThread());
        } catch (KeystoreException e) {
            throw UserError.runtime(String.valueOf(e.getMessage()));
        }
    }

    private static ExecutorService storeThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("privatus-store").daemon().factory());
    }

    private static NodeKeystore openNode(
            Path keys, NetworkId network, CryptoSuite suite, SecureRandom random, Consumer<String> progress)
            throws IOException, KeystoreException {
        if (NodeKeystore.exists(keys)) {
            return NodeKeystore.open(keys, suite, random);
        }
        if (network.puzzleBits() > 0) {
            progress.accept("Making this node's identity: its puzzle takes some seconds, once.");
        }
        NodeIdentity identity = NodeIdentity.generate(suite, random, network.puzzleBits());
        OnionKeys onionKeys = OnionKeys.generate(suite, random, System.currentTimeMillis());
        return NodeKeystore.create(keys, suite, random, identity, onionKeys);
    }

    private static PersonKeystore openPerson(
            Path keys, NetworkId network, CryptoSuite suite, SecureRandom random, NodeRunner.PassphraseInput passphrase)
            throws IOException, KeystoreException {
        if (PersonKeystore.exists(keys)) {
            boolean needed = PersonKeystore.needsPassphrase(keys, suite);
            return PersonKeystore.open(keys, suite, random, needed ? passphrase.ofKeys(false) : Optional.empty());
        }
        Optional<Passphrase> fresh = passphrase.ofKeys(true);
        if (fresh.isEmpty() && !network.isLaboratory()) {
            throw UserError.runtime("new keys on this network need a passphrase: give it with --passphrase-file FILE,"
                    + " or start at a terminal that can ask for it");
        }
        Protection protection =
                fresh.<Protection>map(Protection.ByPassphrase::new).orElseGet(Protection.ByKeyFile::new);
        return PersonKeystore.create(keys, suite, random, protection, PersonIdentity.generate(suite, random));
    }

    private static SqliteStore openStore(Path database, PersonKeystore person, ExecutorService thread)
            throws StoreOpenException {
        byte[] key = person.databaseKey();
        try {
            return SqliteStore.open(database, key, thread);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    public NodeIdentity identity() {
        return node.identity();
    }

    public OnionKeys onionKeys() {
        return node.onionKeys();
    }

    public Optional<NodeSpec.Person> person() {
        return person.map(keys -> new NodeSpec.Person(keys.identity(), store.orElseThrow()));
    }

    /// Keeps rotated onion keys.
    public void keep(OnionKeys rotated) throws IOException {
        node.replace(rotated);
    }

    /// The guards that were kept. A file that cannot be used is told of and counts as none.
    public PathMemory paths(Consumer<String> progress) throws IOException {
        return switch (paths.read()) {
            case PathsFile.Found.Kept(var memory) -> memory;
            case PathsFile.Found.Refused(var problem) -> {
                progress.accept(problem);
                yield PathMemory.EMPTY;
            }
        };
    }

    /// Keeps guards.
    public void keep(PathMemory memory) throws IOException {
        paths.write(memory, random);
    }

    public DataDirectory directory() {
        return directory;
    }

    /// Ends the store after all that was submitted, and forgets the keys. The node must have ended.
    @Override
    public void close() {
        store.ifPresent(SqliteStore::close);
        storeThread.close();
        person.ifPresent(PersonKeystore::erase);
        node.erase();
    }
}
