package org.privatus.node.host;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.privatus.crypto.suite.CryptoSuite;

/// Everything a node takes from the world around it. Passed in; nothing is static, nothing is a singleton per JVM.
///
/// A process that runs real nodes has one host and hands it to all of them. The simulator makes one per node, so that
/// every
/// event knows its node: a node must therefore use the host it was given and never another's.
public interface NodeHost {
    Datagrams datagrams();

    Compute compute();

    Time time();

    CryptoSuite suite();

    Gauges gauges();

    /// A new stream of randomness for behaviour: paths, ids, jitter. Each call gives a stream of its own, which
    /// belongs to the
    /// caller; streams are independent, so a draw more in one place moves nothing elsewhere. Backed by a CSPRNG
    /// outside the
    /// simulator.
    ///
    /// @param purpose a short constant name such as `"dht"`
    RandomGenerator behaviour(String purpose);

    /// Where actors run that datagrams pass: on the loop that reads the sockets, if the host has one. They must not block, nor compute for long.
    default DispatcherSelector loop() {
        return DispatcherSelector.defaultDispatcher();
    }

    /// Randomness for keys and nonces.
    SecureRandom keys();
}
