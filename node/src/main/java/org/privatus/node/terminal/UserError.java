package org.privatus.node.terminal;

/// Something that the user can put right. Printed as one line on standard error, without a stack trace.
///
/// The message is one sentence without a full stop: what is wrong, then what is allowed or what to do.
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String line;

    private UserError(int exitCode, String line) {
        super(line, null, false, false);
        this.exitCode = exitCode;
        this.line = line;
    }

    /// What was typed cannot be meant: exit code 2.
    public static UserError usage(String message) {
        return new UserError(ExitCodes.USAGE, message);
    }

    /// It could not be done: exit code 1.
    public static UserError runtime(String message) {
        return new UserError(ExitCodes.FAILED, message);
    }

    @Override
    public String getMessage() {
        return line;
    }

    public int exitCode() {
        return exitCode;
    }
}
