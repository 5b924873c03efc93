package org.privatus.onion.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeKey;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.flow.TokenBucket;

/// How many circuits each source may begin: a peer, and the address group it is in, which may begin twice as many. So that
/// a flood from few places leaves room for everybody else. Sources that were quiet longest are forgotten first.
final class BuildLimits {
    private static final int MAX_SOURCES = 4_096;

    private final RelaySettings settings;
    private final LinkedHashMap<NodeKey, TokenBucket> peers = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Long, TokenBucket> groups = new LinkedHashMap<>(16, 0.75f, true);

    BuildLimits(RelaySettings settings) {
        this.settings = settings;
    }

    /// Counts a circuit that this peer begins. Whether it may.
    boolean allow(Contact peer, long nowNanos) {
        boolean counted = !(settings.laboratory() && peer.endpoint().isPrivate());
        return take(peers, peer.key(), settings.buildBurst(), nowNanos)
                && (!counted || take(groups, peer.endpoint().group(), 2 * settings.buildBurst(), nowNanos));
    }

    private <K> boolean take(Map<K, TokenBucket> sources, K source, int burst, long nowNanos) {
        long intervalNanos = settings.buildInterval().toNanos() * settings.buildBurst() / burst;
        return bucket(sources, source, () -> new TokenBucket(burst, intervalNanos, nowNanos))
                .take(nowNanos);
    }

    private static <K> TokenBucket bucket(Map<K, TokenBucket> sources, K source, Supplier<TokenBucket> fresh) {
        TokenBucket known = sources.get(source);
        if (known != null) {
            return known;
        }
        if (sources.size() >= MAX_SOURCES) {
            sources.remove(sources.keySet().iterator().next());
        }
        TokenBucket made = fresh.get();
        sources.put(source, made);
        return made;
    }
}
