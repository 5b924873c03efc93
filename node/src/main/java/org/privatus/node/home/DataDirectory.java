package org.privatus.node.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.terminal.UserError;

/// Where a node keeps its keys, its database and its control socket: readable by its owner alone, marked as ours,
/// used by one process at a
/// time.
///
/// ```
///  privatus-data    marks the directory as ours and names the version of its layout
///  lock             held by the node that runs; names its process
///  network          the network that the node belongs to
///  keys/            the key store
///  privatus_chat.db the database
///  privatus.conf    settings of this node, optional
///  nodes            where to join again
///  paths            relays that circuits begin with, sealed
///  control.sock     the control socket, or: control.tcp, port and token where there is no such socket
/// ```
public record DataDirectory(Path path) {
    private static final String MARKER = "privatus-data";
    private static final String NETWORK = "network";
    private static final String LAYOUT = "privatus data 1\n";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    public Path keys() {
        return path.resolve("keys");
    }

    public Path database() {
        return path.resolve("privatus_chat.db");
    }

    public Path settings() {
        return path.resolve("privatus.conf");
    }

    public Path nodes() {
        return path.resolve("nodes");
    }

    public Path paths() {
        return path.resolve("paths");
    }

    public Path controlSocket() {
        return path.resolve("control.sock");
    }

    /// One line, `PORT TOKEN`: see [org.privatus.node.control.ControlServer].
    public Path controlTcp() {
        return path.resolve("control.tcp");
    }

    /// Whether a node has ever run here.
    public boolean isInitialised() {
        return Files.isRegularFile(path.resolve(MARKER));
    }

    /// The network that the node here belongs to; empty before its first start.
    public Optional<NetworkId> network() throws IOException {
        Path file = path.resolve(NETWORK);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String line = Files.readString(file).strip();
        return Optional.of(NetworkNames.parse(line)
                .orElseThrow(() -> UserError.runtime(
                        "the file " + file + " names no network: write main, dev or the network's number there")));
    }

    /// From now on the node here belongs to this network.
    public void remember(NetworkId network) throws IOException {
        Files.writeString(path.resolve(NETWORK), network + "\n");
    }

    /// Makes the directory if there is none, and takes it for this process until the claim is closed or the process
    /// ends.
    ///
    /// @throws UserError when it cannot be used: not a directory, not writable, somebody else's, in use
    public Claim claim() {
        try {
            create();
            checkOurs();
            protect();
            return lock();
        } catch (IOException e) {
            throw UserError.runtime("cannot use the data directory " + path + " (" + reason(e)
                    + "): make it writable or choose another with --data DIR");
        }
    }

    private void create() throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw UserError.runtime("the data directory " + path + " is a file: choose another with --data DIR");
        }
        Files.createDirectories(path, ownerOnly());
        if (!Files.isWritable(path)) {
            throw UserError.runtime("the data directory " + path
                    + " is not writable: change its permissions or choose another with --data DIR");
        }
    }

    /// A directory that holds other things is left alone: nobody wants a database, or wider deletion later, in their
    /// home directory.
    private void checkOurs() throws IOException {
        Path marker = path.resolve(MARKER);
        if (Files.exists(marker)) {
            if (!Files.readString(marker).equals(LAYOUT)) {
                throw UserError.runtime("the data directory " + path
                        + " was made by another version of privatus: use that one, or another directory with"
                        + " --data DIR");
            }
            return;
        }
        if (!isEmpty()) {
            throw UserError.runtime(
                    "the directory " + path + " holds other files: give an empty or a new directory with --data DIR");
        }
        Files.writeString(marker, LAYOUT, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// The settings file may be put there before the first start.
    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.allMatch(entry -> entry.equals(settings()));
        }
    }

    private void protect() throws IOException {
        if (isPosix()) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
    }

    private Claim lock() throws IOException {
        Path file = path.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(file);
            }
            writeProcess(channel);
            return new Claim(channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void writeProcess(FileChannel channel) throws IOException {
        channel.truncate(0);
        String line = ProcessHandle.current().pid() + "\n";
        channel.write(StandardCharsets.US_ASCII.encode(line), 0);
    }

    private UserError inUse(Path file) throws IOException {
        String process = Files.readString(file).strip();
        String who = process.matches("[0-9]{1,10}") ? " (process " + process + ")" : "";
        return UserError.runtime("another node runs on the data directory " + path + who
                + ": stop it with 'privatus stop', or choose another with --data DIR");
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return name.equals("IO")
                ? String.valueOf(e.getMessage())
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /// The right to use the directory.
    public static final class Claim implements AutoCloseable {
        private final FileChannel channel;

        private Claim(FileChannel channel) {
            this.channel = channel;
        }

        /// The lock file itself stays: deleting it would let two processes hold locks on two files of that name.
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock goes with the process at the latest.
            }
        }
    }
}
