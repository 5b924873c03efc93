package org.privatus.node.cli;

import java.util.List;
import java.util.ServiceLoader;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Terminal;
import org.privatus.node.terminal.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line: `privatus COMMAND …`.
///
/// Whatever goes wrong ends as one line on standard error and an exit code of [ExitCodes]. A stack trace is printed
/// only for a defect, and only when
/// `PRIVATUS_TRACE` is set.
@Command(
        name = "privatus",
        header = "Private messages over a network of equal nodes, without a server.",
        customSynopsis = "privatus COMMAND [OPTION]… [ARGUMENT]…%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  privatus localnet                  try it: a network of 16 nodes and two people on this machine",
            "  privatus node --join KEY@HOST:PORT run your own node, joining through one you know",
            "  privatus id                        your address: give it to people who may write to you",
            "  privatus add bob ADDRESS           put somebody in your address book",
            "  privatus send bob \"hello\"          write to them",
            "",
            "'privatus COMMAND --help' explains each command with examples.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 message not acknowledged yet (it stays queued)."
        })
public final class Privatus implements Runnable {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private CommandSpec spec;

    public Privatus(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Runs one command; the result is the exit code of the process.
    public int run(String... arguments) {
        int code = commandLine().execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /// Without a command there is only help.
    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    CommandLine commandLine() {
        var root = new CommandLine(this);
        nodeCommands().forEach(root::addSubcommand);
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands(terminal).forEach(root::addSubcommand);
        }
        HelpStyle.apply(root);
        root.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.interactive() ? Ansi.AUTO : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return root;
    }

    private List<Object> nodeCommands() {
        return List.of(
                new NodeCommand(terminal),
                new IdCommand(terminal),
                new AddCommand(terminal),
                new ContactsCommand(terminal),
                new RenameCommand(terminal),
                new RemoveCommand(terminal),
                new BlockCommand(terminal),
                new SendCommand(terminal),
                new InboxCommand(terminal),
                new OutboxCommand(terminal),
                RequestsCommand.withDecisions(terminal),
                new StatusCommand(terminal),
                new WhyCommand(terminal),
                new StopCommand(terminal),
                new VersionCommand(terminal));
    }

    private int wrongUsage(ParameterException mistake, String[] arguments) {
        if (mistake.getCause() instanceof UserError error) {
            return say(mistake.getCommandLine(), error.getMessage(), error.exitCode());
        }
        return say(mistake.getCommandLine(), UsageMistake.line(mistake), ExitCodes.USAGE);
    }

    private int failed(Exception failure, CommandLine command) {
        if (failure instanceof UserError error) {
            return say(command, error.getMessage(), error.exitCode());
        }
        if (terminal.variable("PRIVATUS_TRACE").isPresent()) {
            failure.printStackTrace(terminal.err());
        }
        String line = "a defect of privatus stopped this command (" + failure
                + "): please report it, with the output of the same command under PRIVATUS_TRACE=1";
        return say(command, line, ExitCodes.FAILED);
    }

    private int say(CommandLine command, String line, int code) {
        terminal.out().flush();
        terminal.err().println(command.getCommandSpec().qualifiedName() + ": " + RemoteText.line(line));
        return code;
    }
}
