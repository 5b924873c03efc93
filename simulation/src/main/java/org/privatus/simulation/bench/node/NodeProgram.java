package org.privatus.simulation.bench.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.privatus.crypto.identity.BadAddressException;
import org.privatus.simulation.bench.harness.LineCodec;
import org.privatus.simulation.bench.work.Outcome;

/// The program of a child process: reads a [NodeOrder] a line, the first of them [NodeOrder.Start], and answers each with a [NodeReply]. Ends with its
/// standard input.
final class NodeProgram {
    static final LineCodec<NodeOrder> ORDERS = new LineCodec<>(NodeOrder.class);
    static final LineCodec<NodeReply> REPLIES = new LineCodec<>(NodeReply.class);

    private final PrintStream out;
    private final Sampling sampling = new Sampling();

    private NodeProgram(PrintStream out) {
        this.out = out;
    }

    /// Runs until its standard input ends.
    public static void main(String[] arguments) throws IOException {
        var program = new NodeProgram(System.out);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            program.obey(lines);
        }
        System.exit(0);
    }

    private void obey(BufferedReader lines) throws IOException {
        String first = lines.readLine();
        if (first == null) {
            return;
        }
        if (!(ORDERS.read(first) instanceof NodeOrder.Start start)) {
            throw new IllegalArgumentException("the first order is no start: " + first);
        }
        ChildNode node;
        try {
            node = ChildNode.start(start);
            say(new NodeReply.Started(node.joinAddress()));
        } catch (BadAddressException | RuntimeException e) {
            say(new NodeReply.Failed(e.toString()));
            return;
        }
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            say(replyTo(ORDERS.read(line), node));
        }
    }

    private NodeReply replyTo(NodeOrder order, ChildNode node) {
        try {
            return carriedOut(order, node);
        } catch (BadAddressException | IOException | RuntimeException e) {
            return new NodeReply.Failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NodeReply.Failed("interrupted");
        }
    }

    private NodeReply carriedOut(NodeOrder order, ChildNode node)
            throws BadAddressException, IOException, InterruptedException {
        long begun = System.nanoTime();
        return switch (order) {
            case NodeOrder.Start start -> new NodeReply.Failed("started already");
            case NodeOrder.AwaitJoined() -> new NodeReply.Done(node.awaitJoined());
            case NodeOrder.Serve() -> new NodeReply.Reachable(node.serve());
            case NodeOrder.OpenSplices(var person, var count) -> new NodeReply.Opened(node.openSplices(person, count));
            case NodeOrder.OpenCircuits(var hops, var count) -> new NodeReply.Opened(node.openCircuits(hops, count));
            case NodeOrder.AcceptDirect() -> {
                node.acceptDirect();
                yield new NodeReply.Done(0);
            }
            case NodeOrder.OpenDirect(var join) -> new NodeReply.Opened(List.of(node.openDirect(join)));
            case NodeOrder.CloseSplices() -> {
                node.closeSplices();
                yield new NodeReply.Done(0);
            }
            case NodeOrder.Run(var works) -> {
                List<Outcome> outcomes = node.run(works);
                yield new NodeReply.Worked(outcomes);
            }
            case NodeOrder.BuildCircuits(var ready) -> {
                List<Long> each = node.buildCircuits(ready);
                yield new NodeReply.Built(System.nanoTime() - begun, each);
            }
            case NodeOrder.Weigh() -> new NodeReply.Weight(heapAfterCollection(), node.circuitsOfOthers());
            case NodeOrder.BeginProfile() -> {
                sampling.begin();
                yield new NodeReply.Done(0);
            }
            case NodeOrder.EndProfile(var file) -> {
                sampling.end(file);
                yield new NodeReply.Done(0);
            }
        };
    }

    /// Twice: what the first collection only clears goes with the second.
    private static long heapAfterCollection() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void say(NodeReply reply) {
        out.println(REPLIES.write(reply));
        out.flush();
    }
}
