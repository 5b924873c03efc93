package org.privatus.simulation.adversary;

import java.util.function.IntFunction;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.identity.NodeIdentity;

/// Makes identities until one lies near a place in the key space, as somebody does who has no puzzle to solve.
public final class Grinding {
    /// More would take longer than the run.
    private static final int BITS_MOST = 16;

    private Grinding() {}

    /// An identity nearer to `target` than nearly all of `nodes` nodes are.
    ///
    /// @param attempts identities to try, by number
    public static NodeIdentity near(NodeId target, int nodes, IntFunction<NodeIdentity> attempts) {
        int wanted = Math.min(BITS_MOST, Integer.SIZE - Integer.numberOfLeadingZeros(nodes) + 2);
        for (int attempt = 1; ; attempt++) {
            NodeIdentity identity = attempts.apply(attempt);
            if (identity.id().commonPrefixLength(target) >= wanted) {
                return identity;
            }
        }
    }
}
