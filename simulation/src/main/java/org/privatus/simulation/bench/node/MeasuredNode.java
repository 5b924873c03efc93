package org.privatus.simulation.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.bench.harness.Child;
import org.privatus.simulation.bench.harness.Cleanup;
import org.privatus.simulation.bench.harness.JvmCommand;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// A node in a child process, as its parent sees it. What it cannot do ends the bench with one line.
public final class MeasuredNode {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Child<NodeOrder, NodeReply> child;

    private MeasuredNode(Child<NodeOrder, NodeReply> child) {
        this.child = child;
    }

    /// Starts the process and returns at once; [#awaitStarted] is to follow.
    ///
    /// @param jvmOptions heap, collector and the like
    /// @param order what the node is to be
    public static MeasuredNode start(String name, List<String> jvmOptions, NodeOrder.Start order, Cleanup cleanup)
            throws IOException {
        List<String> command = JvmCommand.of(NodeProgram.class, jvmOptions, List.of());
        var child = Child.start(name, command, NodeProgram.ORDERS, NodeProgram.REPLIES, cleanup);
        child.tell(order);
        return new MeasuredNode(child);
    }

    /// By which others join.
    public String awaitStarted() {
        return answer(NodeReply.Started.class).join();
    }

    public String name() {
        return child.name();
    }

    public ProcessHandle process() {
        return child.handle();
    }

    public void awaitJoined() {
        ask(new NodeOrder.AwaitJoined(), NodeReply.Done.class);
    }

    /// The person's address.
    public String serve() {
        return ask(new NodeOrder.Serve(), NodeReply.Reachable.class).address();
    }

    /// Nanoseconds until each was open.
    public List<Long> openSplices(String person, int count) {
        return ask(new NodeOrder.OpenSplices(person, count), NodeReply.Opened.class)
                .nanos();
    }

    /// Nanoseconds until each was open.
    public List<Long> openCircuits(int hops, int count) {
        return ask(new NodeOrder.OpenCircuits(hops, count), NodeReply.Opened.class)
                .nanos();
    }

    public void closeSplices() {
        ask(new NodeOrder.CloseSplices(), NodeReply.Done.class);
    }

    public void acceptDirect() {
        ask(new NodeOrder.AcceptDirect(), NodeReply.Done.class);
    }

    /// Opens a stream to another node, beside those that are open.
    ///
    /// @param node by which others join it
    public void openDirect(String node) {
        ask(new NodeOrder.OpenDirect(node), NodeReply.Opened.class);
    }

    /// All at once; what each took.
    public List<Outcome> run(Work... works) {
        return ask(new NodeOrder.Run(List.of(works)), NodeReply.Worked.class).outcomes();
    }

    public NodeReply.Built buildCircuits(int ready) {
        return ask(new NodeOrder.BuildCircuits(ready), NodeReply.Built.class);
    }

    public NodeReply.Weight weigh() {
        return ask(new NodeOrder.Weigh(), NodeReply.Weight.class);
    }

    /// Begins to record all of them.
    public static void beginProfile(List<MeasuredNode> nodes) {
        nodes.forEach(node -> node.child.tell(new NodeOrder.BeginProfile()));
        nodes.forEach(node -> node.answer(NodeReply.Done.class));
    }

    /// Leaves a recording of each in a directory, and returns the files.
    public static List<Path> endProfile(List<MeasuredNode> nodes, Path directory) {
        var files = new ArrayList<Path>();
        for (MeasuredNode node : nodes) {
            Path file = directory.resolve(node.name().replace(' ', '-') + ".jfr");
            node.child.tell(new NodeOrder.EndProfile(file.toString()));
            files.add(file);
        }
        nodes.forEach(node -> node.answer(NodeReply.Done.class));
        return files;
    }

    /// Ends the process.
    public void close() {
        child.close();
    }

    private <T extends NodeReply> T ask(NodeOrder order, Class<T> expected) {
        child.tell(order);
        return answer(expected);
    }

    private <T extends NodeReply> T answer(Class<T> expected) {
        NodeReply reply = child.answer(PATIENCE);
        if (reply instanceof NodeReply.Failed(var why)) {
            throw UserError.runtime(child.name() + " failed: " + why);
        }
        return expected.cast(reply);
    }
}
