package org.privatus.dht.store;

import java.util.concurrent.TimeUnit;
import org.privatus.crypto.compute.Cost;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.record.SignedRecord;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.message.Value;

/// A {@link Value}, parsed. Until {@link #verify} has said yes it is a claim.
public sealed interface DhtRecord {
    Value value();

    /// Where it belongs, by its own words.
    NodeId target();

    /// Which of two under one target is newer.
    long seq();

    /// Checks signature and, for a descriptor, the puzzle: work for a job.
    boolean verify(CryptoSuite suite, NetworkId network);

    Cost cost();

    /// How long it is good for; 0 or less: not (any more, or yet).
    long lifetimeNanos(long epochMillis);

    /// Whether it takes the place of `other`, of the same target.
    default boolean supersedes(DhtRecord other) {
        return seq() != other.seq() ? seq() > other.seq() : value().compareTo(other.value()) > 0;
    }

    static DhtRecord parse(Value value) throws MalformedPacketException {
        return switch (value.kind()) {
            case SIGNED -> new Signed(SignedRecord.read(value.bytes()), value);
            case DESCRIPTOR -> new Descriptor(NodeDescriptor.read(value.bytes()), value);
        };
    }

    record Signed(SignedRecord record, Value value) implements DhtRecord {
        @Override
        public NodeId target() {
            return record.target();
        }

        @Override
        public long seq() {
            return record.seq();
        }

        @Override
        public boolean verify(CryptoSuite suite, NetworkId network) {
            return record.verify(suite);
        }

        @Override
        public Cost cost() {
            return SignedRecord.VERIFY;
        }

        @Override
        public long lifetimeNanos(long epochMillis) {
            return Long.MAX_VALUE;
        }
    }

    record Descriptor(NodeDescriptor descriptor, Value value) implements DhtRecord {
        /// Clocks of honest nodes differ by no more.
        private static final long SKEW_MILLIS = TimeUnit.MINUTES.toMillis(10);

        public static Descriptor of(NodeDescriptor descriptor) {
            return new Descriptor(descriptor, new Value(Value.Kind.DESCRIPTOR, descriptor.toBytes()));
        }

        @Override
        public NodeId target() {
            return descriptor.id();
        }

        @Override
        public long seq() {
            return descriptor.content().validFromEpochMillis();
        }

        @Override
        public boolean verify(CryptoSuite suite, NetworkId network) {
            return descriptor.verify(suite, network);
        }

        @Override
        public Cost cost() {
            return NodeDescriptor.VERIFY;
        }

        @Override
        public long lifetimeNanos(long epochMillis) {
            if (!descriptor.isValidAt(epochMillis, SKEW_MILLIS)) {
                return 0;
            }
            return TimeUnit.MILLISECONDS.toNanos(
                    descriptor.content().validUntilEpochMillis() + SKEW_MILLIS - epochMillis);
        }
    }
}
