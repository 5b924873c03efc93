package org.privatus.simulation.bench.crypto;

import org.privatus.crypto.cgo.ClientCircuitCrypto;
import org.privatus.crypto.cgo.RelayHop;
import org.privatus.crypto.suite.CryptoSuite;

/// The cell encryption of a circuit of three hops, whose parts each see cells of their own.
final class CellWork {
    private static final int RELAY = 3;
    private static final int HOPS = 3;
    private static final int BODY_OFFSET = 3;
    private static final int CELL_LENGTH = 512;

    private final ClientCircuitCrypto sender;
    private final ClientCircuitCrypto receiver;
    private final RelayHop passing;
    private final RelayHop[] answering = new RelayHop[HOPS];
    private final RelayHop alone;
    private final byte[] cell = new byte[CELL_LENGTH];
    private final byte[] answer = new byte[CELL_LENGTH];

    CellWork(CryptoSuite suite) {
        sender = new ClientCircuitCrypto(suite);
        receiver = new ClientCircuitCrypto(suite);
        for (int i = 0; i < HOPS; i++) {
            sender.addHop(seed(i));
            receiver.addHop(seed(i));
            answering[i] = new RelayHop(suite, seed(i));
        }
        passing = new RelayHop(suite, seed(HOPS));
        alone = new RelayHop(suite, seed(HOPS + 1));
    }

    private static byte[] seed(int hop) {
        byte[] seed = new byte[ClientCircuitCrypto.SEED_LENGTH];
        seed[0] = (byte) hop;
        return seed;
    }

    void passForward() {
        passing.forward(RELAY, cell, BODY_OFFSET);
    }

    void passBackward() {
        passing.backward(RELAY, cell, BODY_OFFSET);
    }

    /// A relay's own cell.
    void answer() {
        alone.originate(RELAY, cell, BODY_OFFSET);
    }

    /// A client's cell for the third hop.
    void originate() {
        sender.originate(HOPS - 1, RELAY, cell, BODY_OFFSET);
    }

    /// All that a cell from the third hop costs: it is made there, passes two relays and is taken in by the client.
    void receive() {
        answering[2].originate(RELAY, answer, BODY_OFFSET);
        answering[1].backward(RELAY, answer, BODY_OFFSET);
        answering[0].backward(RELAY, answer, BODY_OFFSET);
        if (receiver.receive(RELAY, answer, BODY_OFFSET) != HOPS - 1) {
            throw new IllegalStateException("a cell is not recognised");
        }
    }
}
