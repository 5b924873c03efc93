package org.privatus.node.actor;

import java.util.ArrayDeque;
import java.util.Optional;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.wire.ChannelIds;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.node.link.core.Links;
import org.privatus.node.link.direct.DirectStream;

/// Owns streams of bytes between this node and others without a circuit between them: both know who the other is and where. Nobody can open one to a node
/// on which nobody [Accept]s them.
///
/// Bytes that are sent one after the other leave together: cells are made when all that waited in the mailbox was taken in.
@SuppressWarnings("ArrayRecordComponent") // messages hand arrays over: no copy is made and none is compared
public final class DirectActor {
    /// Streams at one time, opened from either side; what comes beyond is closed at once.
    static final int STREAMS_MAX = 256;

    /// What the streams are told; [ChannelEvent]s come from the [LinkManager].
    public sealed interface Command permits ChannelEvent, ChannelEvents, Accept, Open, Send, Taken, Close, Leave {}

    /// Take streams of peers from now on.
    public record Accept(ActorRef<? super DirectEvent> taker) implements Command {}

    /// Open a stream to a node.
    ///
    /// @param stream a positive number that was not used before
    public record Open(long stream, Contact to, ActorRef<? super DirectEvent> taker) implements Command {}

    /// Send bytes, no more than the stream can take. The array is given away.
    public record Send(long stream, byte[] bytes) implements Command {}

    /// What these cells brought has been done with: the peer may send as many more.
    public record Taken(long stream, int cells) implements Command {}

    /// Close a stream, both ways. What was sent shortly before may be lost.
    public record Close(long stream) implements Command {}

    record Leave() implements Command {}

    private static final Leave LEAVE = new Leave();

    private final ActorRef<Command> self;
    private final LinkOrders links;
    private final Long2ObjectHashMap<Stream> streams = new Long2ObjectHashMap<>();
    private final ArrayDeque<Stream> leaving = new ArrayDeque<>();
    private final SpliceCredits credits = new SpliceCredits();
    private Optional<ActorRef<? super DirectEvent>> taker = Optional.empty();
    private boolean leaveAsked;

    /// One that is open or being opened.
    private static final class Stream {
        private final long channel;
        private final ActorRef<? super DirectEvent> taker;
        private final DirectStream bytes = new DirectStream();
        private boolean isLeaving;

        Stream(long channel, ActorRef<? super DirectEvent> taker) {
            this.channel = channel;
            this.taker = taker;
        }

        long number() {
            return numberOf(channel);
        }
    }

    private DirectActor(ActorRef<Command> self, ActorRef<LinkManager.Command> links) {
        this.self = self;
        this.links = new LinkOrders(links);
    }

    public static Behavior<Command> create(ActorRef<LinkManager.Command> links) {
        return Behaviors.setup(context -> {
            var actor = new DirectActor(context.getSelf(), links);
            return Behaviors.receiveMessage(command -> {
                actor.onMessage(command);
                return Behaviors.same();
            });
        });
    }

    private void onMessage(Command command) {
        switch (command) {
            case Send(var number, var bytes) -> send(number, bytes);
            case Taken(var number, var cells) -> {
                Stream stream = find(number);
                if (stream != null) {
                    links.consumed(stream.channel, cells);
                }
            }
            case Leave() -> {
                leaveAsked = false;
                leave();
            }
            case ChannelEvent event -> {
                onChannel(event);
                leave();
            }
            case ChannelEvents(var events) -> {
                events.forEach(this::onChannel);
                leave();
            }
            case Accept(var ref) -> taker = Optional.of(ref);
            case Open(var number, var to, var ref) -> open(number, to, ref);
            case Close(var number) -> close(number);
        }
        links.tell();
    }

    private void open(long number, Contact to, ActorRef<? super DirectEvent> ref) {
        long channel = ChannelIds.of(ChannelIds.DIRECT, number);
        if (streams.size() >= STREAMS_MAX || streams.containsKey(channel)) {
            ref.tell(new DirectEvent.Closed(number));
            return;
        }
        streams.put(channel, new Stream(channel, ref));
        links.openChannel(channel, to);
    }

    private void send(long number, byte[] bytes) {
        Stream stream = find(number);
        if (stream == null) {
            return;
        }
        credits.used(number, bytes.length);
        stream.bytes.send(bytes);
        willLeave(stream);
        if (!leaveAsked) {
            leaveAsked = true;
            self.tell(LEAVE);
        }
    }

    private void willLeave(Stream stream) {
        if (!stream.isLeaving) {
            stream.isLeaving = true;
            leaving.addLast(stream);
        }
    }

    /// What credit allows becomes cells.
    private void leave() {
        for (Stream stream = leaving.poll(); stream != null; stream = leaving.poll()) {
            stream.isLeaving = false;
            for (byte[] run = stream.bytes.takeRun(); run.length > 0; run = stream.bytes.takeRun()) {
                links.sendCells(stream.channel, run);
            }
            int more = credits.grant(stream.number(), stream.bytes.room());
            if (more > 0) {
                stream.taker.tell(new DirectEvent.Writable(stream.number(), more));
            }
        }
    }

    private void onChannel(ChannelEvent event) {
        if (event instanceof ChannelEvent.ChannelOpened(var channel, var peer, var credit)) {
            opened(channel, peer, credit);
            return;
        }
        Stream stream = streams.get(event.channel());
        if (stream != null) {
            onStream(stream, event);
        }
    }

    private void onStream(Stream stream, ChannelEvent event) {
        switch (event) {
            case ChannelEvent.ChannelReady(var _, var credit) -> {
                stream.bytes.credited(credit);
                stream.taker.tell(new DirectEvent.Opened(stream.number(), firstCredit(stream)));
            }
            case ChannelEvent.CellsArrived(var _, var run) -> arrived(stream, run);
            case ChannelEvent.ChannelCredit(var _, var cells) -> {
                stream.bytes.credited(cells);
                willLeave(stream);
            }
            case ChannelEvent.ChannelClosed _ -> {
                forget(stream);
                stream.taker.tell(new DirectEvent.Closed(stream.number()));
            }
            case ChannelEvent.ChannelOpened opened ->
                throw new IllegalStateException("opened twice: " + opened.channel());
        }
    }

    private void opened(long channel, Contact peer, int credit) {
        if (taker.isEmpty() || streams.size() >= STREAMS_MAX) {
            links.closeChannel(channel);
            return;
        }
        var stream = new Stream(channel, taker.get());
        streams.put(channel, stream);
        stream.bytes.credited(credit);
        stream.taker.tell(new DirectEvent.Incoming(stream.number(), peer, firstCredit(stream)));
    }

    private int firstCredit(Stream stream) {
        int room = stream.bytes.room();
        credits.opened(stream.number(), room);
        return room;
    }

    /// Whoever sends what is no cell of a stream loses the stream.
    private void arrived(Stream stream, byte[] run) {
        try {
            byte[] bytes = DirectStream.received(run);
            stream.taker.tell(new DirectEvent.BytesArrived(stream.number(), bytes, run.length / Links.CELL_LENGTH));
        } catch (MalformedPacketException e) {
            close(stream.number());
            stream.taker.tell(new DirectEvent.Closed(stream.number()));
        }
    }

    private void close(long number) {
        Stream stream = find(number);
        if (stream != null) {
            forget(stream);
            links.closeChannel(stream.channel);
        }
    }

    private void forget(Stream stream) {
        streams.remove(stream.channel);
        credits.closed(stream.number());
    }

    private @Nullable Stream find(long number) {
        return streams.get(channelOf(number));
    }

    private static long channelOf(long number) {
        return number > 0
                ? ChannelIds.of(ChannelIds.DIRECT, number)
                : ChannelIds.of(ChannelIds.INBOUND_DIRECT, -number);
    }

    private static long numberOf(long channel) {
        long number = ChannelIds.number(channel);
        return ChannelIds.owner(channel) == ChannelIds.DIRECT ? number : -number;
    }
}
