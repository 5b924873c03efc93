package org.privatus.simulation.run;

import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.privatus.crypto.identity.NodeIdentity;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.node.actor.NodeGuardian;
import org.privatus.node.host.NodeHost;
import org.privatus.simulation.host.SimulatedHost;
import org.privatus.simulation.world.Identities;

/// What is around a node of a scenario: sound for most, slow, skewed or hostile for some.
interface Surroundings {
    /// Who the node is.
    NodeIdentity identity(int node);

    /// The guardian that runs a node.
    ///
    /// @param host of this life
    /// @param create makes the shipped guardian on the host it is to have
    Behavior<NodeGuardian.Command> guardian(
            int node, SimulatedHost host, Function<NodeHost, Behavior<NodeGuardian.Command>> create);

    /// Nothing is wrong with any node.
    static Surroundings ordinary(CryptoSuite suite, long seed) {
        var identities = new Identities(suite, seed);
        return new Surroundings() {
            @Override
            public NodeIdentity identity(int node) {
                return identities.ofNode(node);
            }

            @Override
            public Behavior<NodeGuardian.Command> guardian(
                    int node, SimulatedHost host, Function<NodeHost, Behavior<NodeGuardian.Command>> create) {
                return create.apply(host);
            }
        };
    }
}
