package org.privatus.onion.circuit;

import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.flow.Moment;
import org.privatus.onion.splice.SpliceEnd;

/// A splice that somebody opened to a person served here: a stream of the registered circuit.
final class IncomingSplice implements Splice, OutwardStream.Listener {
    private final long id;
    private final Surroundings around;
    private final SpliceTable table;
    private final Circuit circuit;
    private final OutwardStream stream;
    private final Runnable gone;

    /// @param gone run when we have ended it
    IncomingSplice(long id, Surroundings around, SpliceTable table, Circuit circuit, int streamId, Runnable gone) {
        this.id = id;
        this.around = around;
        this.table = table;
        this.circuit = circuit;
        this.gone = gone;
        this.stream = circuit.openStream(streamId, this);
        table.put(id, this);
    }

    void received(byte[] bytes) {
        around.effects().spliceBytes(id, bytes);
    }

    /// Over, not by us.
    void ended(SpliceEnd reason) {
        circuit.dropStream(stream.id());
        if (table.remove(id)) {
            around.effects().spliceClosed(id, reason);
        }
    }

    @Override
    public int room() {
        return stream.room();
    }

    @Override
    public void send(byte[] bytes, Moment now) {
        stream.write(bytes);
        circuit.flush(stream);
    }

    @Override
    public void close(Moment now) {
        table.remove(id);
        stream.end(StreamEnd.DONE);
        circuit.flush(stream);
    }

    @Override
    public void writable(int room) {
        around.effects().spliceWritable(id, room);
    }

    @Override
    public void ended() {
        gone.run();
    }
}
