package org.privatus.simulation.bench.crypto;

import java.util.List;
import java.util.Optional;
import org.privatus.simulation.bench.harness.BenchRow;
import org.privatus.simulation.bench.harness.Figures;
import org.privatus.simulation.bench.harness.RowBook;

/// The figures of `bench crypto`: keys, words, units, targets.
public final class CryptoFigures {
    private static final Figures FIGURES = figures();

    private CryptoFigures() {}

    private static Figures figures() {
        Figures all = new Figures();
        for (int size : CryptoBench.SIZES) {
            all.free("aead.seal." + size, "AES-256-GCM, seal " + size + " bytes", "ns");
            all.free("aead.open." + size, "  open", "ns");
        }
        cells(all.atMost("cell.pass.forward", "a cell passes a relay, outwards", "ns", 300), "cell.");
        cells(
                all.free("cell.portable.pass.forward", "POLYVAL in Java: a cell passes, outwards", "ns"),
                "cell.portable.");
        return all.free("x25519.generate", "X25519, key pair", "µs")
                .free("x25519.agree", "  agreement", "µs")
                .free("ed25519.sign", "Ed25519, sign", "µs")
                .free("ed25519.verify", "  verify", "µs")
                .free("ed25519.blind", "  blind a public key", "µs")
                .free("ed25519.blind.sign", "  sign with a blinded key", "µs")
                .free("mlkem.generate", "ML-KEM-768, key pair", "µs")
                .free("mlkem.encapsulate", "  encapsulate", "µs")
                .free("mlkem.decapsulate", "  decapsulate", "µs")
                .free("hybrid.start", "hop of a circuit: the client begins", "µs")
                .free("hybrid.answer", "  the relay answers", "µs")
                .atMost("hybrid.both", "  all, client and relay", "µs", 833)
                .free("noise.xk.both", "handshake of a link, both sides", "µs");
    }

    private static void cells(Figures all, String key) {
        all.free(key + "pass.backward", "  inwards", "ns")
                .free(key + "answer", "  a relay makes its own", "ns")
                .free(key + "originate.3", "  a client makes one for the third hop", "ns")
                .free(key + "receive.3", "  one from the third hop, all that it costs at all four", "ns");
    }

    /// What was noted, in the order of the table.
    public static List<BenchRow> rows(RowBook measured, Optional<RowBook> openSsl) {
        return FIGURES.rows(measured, openSsl);
    }
}
