package org.privatus.simulation.cli;

import java.util.List;
import org.privatus.node.cli.CommandProvider;
import org.privatus.node.terminal.Terminal;
import org.privatus.simulation.bench.BenchCommand;
import org.privatus.simulation.localnet.LocalnetCommand;
import picocli.CommandLine;

/// `privatus localnet`, `privatus simulate` and `privatus bench`.
public final class SimulationCommands implements CommandProvider {
    @Override
    public List<Object> commands(Terminal terminal) {
        var simulate = new CommandLine(new SimulateCommand(terminal)).addSubcommand(new ReportCommand(terminal));
        return List.of(new LocalnetCommand(terminal), simulate, new BenchCommand(terminal));
    }
}
