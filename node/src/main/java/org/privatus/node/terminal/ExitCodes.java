package org.privatus.node.terminal;

/// What a command's exit code means, to scripts.
public final class ExitCodes {
    public static final int OK = 0;

    /// It could not be done; or a check failed.
    public static final int FAILED = 1;

    /// The command line, a setting or an address is wrong.
    public static final int USAGE = 2;

    /// The message was not acknowledged in time; it is kept and goes on being tried.
    public static final int QUEUED = 3;

    private ExitCodes() {}
}
