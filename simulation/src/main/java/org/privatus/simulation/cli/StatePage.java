package org.privatus.simulation.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.privatus.node.cli.StatusPage;
import org.privatus.node.control.StatusView;
import org.privatus.node.terminal.Table;
import org.privatus.simulation.engine.EventLoop;
import org.privatus.simulation.results.Attachment;
import org.privatus.simulation.run.Halt;
import org.privatus.simulation.run.NodeSketch;
import org.privatus.simulation.trace.TraceEntry;

/// How the nodes of a stopped run are: the step's node in full, a line for each other.
final class StatePage {
    /// Lines of other nodes on a terminal; files have all that there are.
    static final int OTHERS_SHOWN = 100;

    private final PrintWriter out;
    private final int most;

    /// @param most lines of other nodes
    StatePage(PrintWriter out, int most) {
        this.out = out;
        this.most = most;
    }

    /// `state.txt`, for the result.
    static Attachment attachment(Halt halt) {
        return new Attachment("state.txt", file -> write(file, halt));
    }

    private static void write(OutputStream file, Halt halt) {
        var out = new PrintWriter(file, false, StandardCharsets.UTF_8);
        new StatePage(out, Halt.OTHERS_MOST).print(halt);
        out.flush();
    }

    void print(Halt halt) {
        halt.event().ifPresent(event -> print(halt, event));
    }

    private void print(Halt halt, TraceEntry event) {
        line("stopped", "after step " + halt.number() + " of the run: " + event);
        if (event.node() != EventLoop.WORLD) {
            out.println();
            line("node", Integer.toString(event.node()));
            halt.status().ifPresentOrElse(this::print, () -> line("", "does not run"));
            coming(halt);
        }
        others(halt);
    }

    private void print(StatusView status) {
        new StatusPage(out, Integer.MAX_VALUE).print(status);
        out.println();
        out.println("Routing table: " + buckets(status.dht().buckets()) + "; "
                + status.dht().asked() + " requests without answer yet");
        out.println("Counters:");
        status.counters().forEach((name, count) -> {
            if (count != 0) {
                out.println("  " + name + " " + count);
            }
        });
    }

    private static String buckets(List<Integer> sizes) {
        var text = new StringBuilder("contacts by bucket");
        for (int bucket = 0; bucket < sizes.size(); bucket++) {
            if (sizes.get(bucket) > 0) {
                text.append(' ').append(bucket).append(':').append(sizes.get(bucket));
            }
        }
        return text.toString();
    }

    private void coming(Halt halt) {
        out.println();
        out.println("Events to come: " + halt.pending());
        halt.coming().forEach(event -> out.println("  " + event));
        if (halt.pending() > halt.coming().size()) {
            out.println("  and " + (halt.pending() - halt.coming().size()) + " more");
        }
    }

    private void others(Halt halt) {
        List<NodeSketch> others = halt.others();
        var table = Table.of(
                "NODE", "NAME", "CONTACTS", "LOOKUPS", "PEERS", "CIRCUITS", "RELAYED", "QUEUED", "EVENTS TO COME");
        others.stream().limit(most).forEach(each -> row(table, each));
        out.println();
        out.println("Other nodes: " + (halt.nodes() - 1));
        table.print(out);
        if (others.size() > most) {
            out.println("and more: --out DIR writes " + others.size() + " of them to state.txt");
        }
    }

    private static void row(Table table, NodeSketch node) {
        if (node.name().isEmpty()) {
            String why = node.running() ? "no answer" : "not running";
            table.row(node.node(), why, "", "", "", "", "", "", node.pending());
            return;
        }
        table.row(
                node.node(),
                node.name(),
                node.contacts(),
                node.operations(),
                node.peers(),
                node.circuitsReady() + " of " + node.circuits(),
                node.relayed(),
                node.queued(),
                node.pending());
    }

    private void line(String name, String value) {
        out.printf(Locale.ROOT, "%-12s %s%n", name, value);
    }
}
