package org.privatus.node.cli;

import org.privatus.node.control.AttemptView;
import org.privatus.node.control.ControlReply.Attempts;
import org.privatus.node.control.ControlRequest.Why;
import org.privatus.node.terminal.Durations;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.Moments;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.Table;
import org.privatus.node.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `privatus why NAME`.
@Command(
        name = "why",
        header = "Show what was tried to reach a person, step by step.",
        description = {
            "Times count from the beginning of the attempt. The step that failed is the answer to: why was my message"
                    + " not delivered?"
        },
        footer = {"  privatus why bob", "  privatus why bob --json | jq '.[0].steps'"})
final class WhyCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Their name in the address book.")
    private String name = "";

    @Mixin
    private final JsonOption json = new JsonOption();

    WhyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Attempts reply = ask(new Why(name), Attempts.class);
        if (json.isWanted()) {
            sayJson(reply.attempts());
        } else if (reply.attempts().isEmpty()) {
            say("Nothing was tried yet: nothing was ever sent to " + RemoteText.line(reply.name()) + ".");
        } else {
            reply.attempts().forEach(this::print);
        }
        return ExitCodes.OK;
    }

    private void print(AttemptView attempt) {
        say(Moments.text(attempt.startedAtMillis()) + "  " + RemoteText.line(attempt.outcome()) + " after "
                + Durations.text(attempt.elapsedMillis()));
        Table table = Table.of("  STEP", "OUTCOME", "AT", "DETAIL");
        for (AttemptView.Step step : attempt.steps()) {
            table.row("  " + step.stage(), step.outcome(), Durations.text(step.elapsedMillis()), step.detail());
        }
        if (!table.isEmpty()) {
            table.print(terminal().out());
        }
        say("");
    }
}
