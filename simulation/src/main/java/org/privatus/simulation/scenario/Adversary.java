package org.privatus.simulation.scenario;

import java.time.Duration;
import java.util.Optional;

/// Nodes that run the shipped actors and misbehave. They carry no person. Moments are counted from when people begin to write.
public sealed interface Adversary {
    /// How many nodes, the last of the run.
    int count();

    Duration at();

    Optional<Duration> until();

    /// A few words for people.
    String title();

    /// A relay that forwards cells wrongly or not at all. Everything else it does as it should.
    ///
    /// @param share of cells that are treated so, 0–1
    /// @param delay for [Treatment#DELAY]
    record HostileRelay(
            int count, Duration at, Optional<Duration> until, Treatment treatment, double share, Duration delay)
            implements Adversary {
        @Override
        public String title() {
            return switch (treatment) {
                case DROP -> "relays that drop";
                case DELAY -> "relays that delay";
                case TAG -> "relays that tag";
            };
        }
    }

    /// What a hostile relay does with a cell.
    enum Treatment {
        /// Never forwarded, although acknowledged.
        DROP,
        /// Sent late.
        DELAY,
        /// One bit is flipped.
        TAG
    }

    /// Nodes that send what nobody asked for.
    ///
    /// @param rate datagrams per second and node
    /// @param content of the datagrams
    record Flood(int count, Duration at, Optional<Duration> until, double rate, Content content) implements Adversary {
        @Override
        public String title() {
            return content == Content.RANDOM ? "flood of random datagrams" : "flood of malformed datagrams";
        }
    }

    /// What is in a flooder's datagrams.
    enum Content {
        /// Random bytes of random length.
        RANDOM,
        /// Own real datagrams with bits flipped, cut short or repeated.
        MALFORMED
    }

    /// Identities ground so that they lie near one place in the key space, closer than honest nodes.
    ///
    /// @param around what they surround
    /// @param answers what they do with requests from `at` on
    record Sybil(int count, Duration at, Optional<Duration> until, Around around, Answers answers)
            implements Adversary {
        @Override
        public String title() {
            return around instanceof Around.Node ? "eclipse" : "Sybil around a key";
        }
    }

    /// A place in the key space.
    sealed interface Around {
        /// Where the first lease of a person is stored.
        ///
        /// @param index of the person, 0 is the first
        record PersonLease(int index) implements Around {}

        /// A node's own id: its neighbours are ours.
        record Node(int number) implements Around {}
    }

    /// What a Sybil does with requests.
    enum Answers {
        /// Says nothing.
        SILENCE,
        /// Answers with bytes that mean nothing.
        GARBAGE
    }
}
