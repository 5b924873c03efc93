package org.privatus.onion.circuit;

import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.crypto.wire.MalformedPacketException.Reason;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.WindowSettings;
import org.privatus.onion.stream.StreamEvent;

/// A stream of our own to the last hop: both directions, each of which ends by itself.
final class OwnStream implements OutwardStream.Listener {
    /// What may be under way when we say XOFF: a window, and cells that follow the last one in its run.
    private static final int MAX_AFTER_XOFF = 2 * WindowSettings.MAX_CELLS * RelayMessage.MAX_STREAM_BODY;

    private final long id;
    private final StreamCircuit owner;
    private final Circuit circuit;
    private final Surroundings around;
    private final OutwardStream outward;
    private int unread;
    private boolean otherStopped;
    private boolean otherFinished;
    private boolean finished;
    private boolean over;

    OwnStream(long id, int streamId, StreamCircuit owner, Circuit circuit, Surroundings around) {
        this.id = id;
        this.owner = owner;
        this.circuit = circuit;
        this.around = around;
        this.outward = circuit.openStream(streamId, this);
    }

    long id() {
        return id;
    }

    int streamId() {
        return outward.id();
    }

    // ---- what comes

    void connected() {
        tell(new StreamEvent.Connected());
    }

    void received(byte[] bytes) throws MalformedPacketException {
        if (over) {
            return;
        }
        unread += bytes.length;
        if (unread > around.settings().spliceBufferBytes() + MAX_AFTER_XOFF) {
            throw new MalformedPacketException(Reason.UNEXPECTED);
        }
        if (unread > around.settings().spliceBufferBytes() && !otherStopped) {
            otherStopped = true;
            say(RelayCommand.XOFF);
        }
        tell(new StreamEvent.Received(bytes));
    }

    void otherFinished() {
        otherFinished = true;
        tell(new StreamEvent.OtherFinished());
        endIfBothFinished();
    }

    /// Over, not by us.
    void closed(StreamEnd reason) {
        circuit.dropStream(outward.id());
        boolean wasOver = over;
        forget();
        if (!wasOver) {
            around.effects().stream(id, new StreamEvent.Closed(reason));
        }
    }

    private void tell(StreamEvent event) {
        if (!over) {
            around.effects().stream(id, event);
        }
    }

    // ---- what the user wants

    int room() {
        return outward.room();
    }

    void write(byte[] bytes) {
        outward.write(bytes);
        circuit.flush(outward);
    }

    /// The user has done with so many bytes.
    void read(int bytes) {
        unread = Math.max(0, unread - bytes);
        if (otherStopped && unread <= around.settings().spliceBufferBytes() / 2) {
            otherStopped = false;
            say(RelayCommand.XON);
        }
    }

    void finish() {
        finished = true;
        outward.finish();
        endIfBothFinished();
        circuit.flush(outward);
    }

    /// When nobody sends any more, END says that nobody needs the number any more.
    private void endIfBothFinished() {
        if (finished && otherFinished) {
            outward.end(StreamEnd.DONE);
            circuit.flush(outward);
        }
    }

    /// Without waiting for what is under way.
    void reset() {
        over = true;
        outward.reset(StreamEnd.RESET);
        circuit.flush(outward);
    }

    private void say(int command) {
        circuit.send(RelayMessage.onStream(command, outward.id(), new byte[0]));
    }

    @Override
    public void writable(int room) {
        tell(new StreamEvent.Writable(room));
    }

    /// END is on its way.
    @Override
    public void ended() {
        tell(new StreamEvent.Closed(StreamEnd.DONE));
        forget();
    }

    private void forget() {
        over = true;
        owner.forget(this);
    }
}
