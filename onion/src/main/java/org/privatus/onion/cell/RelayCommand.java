package org.privatus.onion.cell;

/// Numbers of relay commands. Below 64 they are Tor's (tor-spec, "relay cells"; proposal 340 for the layout), from 64 on
/// Privatus's own. Those that belong to a stream carry its id.
public final class RelayCommand {
    /// Opens a stream to the last hop, which measures; body: {@link org.privatus.onion.stream.StreamRequest} 9.
    public static final int BEGIN = 1;
    /// Bytes of a stream. The only command that the circuit's window counts.
    public static final int DATA = 2;
    /// The stream is over; body: {@link StreamEnd} 1.
    public static final int END = 3;
    /// The last hop agrees to a stream; no body. It refuses with END.
    public static final int CONNECTED = 4;
    /// Acknowledges 32 DATA cells of the circuit: version 1 ‖ tag length 2 ‖ tag 16.
    public static final int SENDME = 5;
    /// Stop sending on this stream; no body.
    public static final int XOFF = 43;
    /// Go on sending on this stream; no body.
    public static final int XON = 44;

    /// To the last hop, in fragments: contact ‖ handshake message for it. Only in RELAY_EARLY cells.
    public static final int EXTEND = 64;
    /// The new hop's answer, in fragments.
    public static final int EXTENDED = 65;
    /// The last hop could not reach the next; body: {@link ExtendFailure} 1. The circuit stays as it was.
    public static final int EXTEND_FAILED = 66;
    /// Makes the last hop a gateway of this circuit; body: token 32, and work where it was asked for
    /// ({@link org.privatus.onion.work.WorkDone}).
    public static final int REGISTER = 67;
    /// Body: {@link Status} 1, and behind WORK what is asked.
    public static final int REGISTERED = 68;
    /// To a gateway: token 32, and work where it was asked for. From a gateway to the circuit that registered: a new stream, no body.
    public static final int SPLICE = 69;
    /// Body: {@link Status} 1, and behind WORK what is asked.
    public static final int SPLICED = 70;
    /// Target 32; the stream id numbers the request.
    public static final int DHT_GET = 71;
    /// In fragments: status 1 ‖ record.
    public static final int DHT_GOT = 72;
    /// In fragments: record; the stream id numbers the request.
    public static final int DHT_PUT = 73;
    /// Body: {@link Status} 1.
    public static final int DHT_STORED = 74;
    /// Eight bytes to be returned as they are.
    public static final int ECHO = 75;

    public static final int ECHOED = 76;
    /// This side sends no more on this stream, and still reads; no body.
    public static final int END_SENDING = 77;

    private RelayCommand() {}

    /// Whether messages with this command carry a stream id. Throws for a command that does not exist.
    static StreamUse streamUse(int command) {
        return switch (command) {
            // RESOLVE, RESOLVED, BEGIN_DIR
            case BEGIN, DATA, END, CONNECTED, 11, 12, 13, XOFF, XON -> StreamUse.ON_STREAM;
            case SPLICE, SPLICED, DHT_GET, DHT_GOT, DHT_PUT, DHT_STORED, END_SENDING -> StreamUse.ON_STREAM;
            // SENDME, DROP, EXTEND2, EXTENDED2, TRUNCATE, TRUNCATED, conflux and onion-service commands, padding
            // negotiation
            case SENDME, 8, 9, 10, 14, 15, 19, 20, 21, 22 -> StreamUse.ON_CIRCUIT;
            case 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42 -> StreamUse.ON_CIRCUIT;
            case EXTEND, EXTENDED, EXTEND_FAILED, REGISTER, REGISTERED, ECHO, ECHOED -> StreamUse.ON_CIRCUIT;
            default -> StreamUse.UNKNOWN;
        };
    }

    enum StreamUse {
        ON_STREAM,
        ON_CIRCUIT,
        UNKNOWN
    }
}
