package org.privatus.nat.traversal;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.nat.traversal.ObservedEndpoints.Voter;

/// The votes about one address family.
final class ObservedFamily {
    private static final int VARYING = 3;

    private final ObservationSettings settings;

    /// The latest vote of each voter, the oldest first.
    private final LinkedHashMap<Voter, Vote> votes = new LinkedHashMap<>();

    private @Nullable Endpoint believed;
    private MappingKind mapping = MappingKind.UNKNOWN;

    ObservedFamily(ObservationSettings settings) {
        this.settings = settings;
    }

    EndpointChange observed(Voter voter, Endpoint endpoint, long nowNanos) {
        dropExpired(nowNanos);
        votes.putLast(voter, new Vote(endpoint, nowNanos));
        if (votes.size() > settings.window()) {
            votes.pollFirstEntry();
        }
        return conclude();
    }

    EndpointChange expire(long nowNanos) {
        return dropExpired(nowNanos) ? conclude() : new EndpointChange.Unchanged();
    }

    long deadlineNanos() {
        return votes.isEmpty() ? Long.MAX_VALUE : votes.firstEntry().getValue().atNanos + settings.lifetimeNanos();
    }

    Optional<Endpoint> believed() {
        return Optional.ofNullable(believed);
    }

    MappingKind mapping() {
        return mapping;
    }

    private boolean dropExpired(long nowNanos) {
        int before = votes.size();
        votes.values().removeIf(vote -> nowNanos - vote.atNanos >= settings.lifetimeNanos());
        return votes.size() < before;
    }

    private EndpointChange conclude() {
        Optional<Endpoint> agreed = distinct()
                .filter(endpoint -> votesFor(endpoint) >= settings.quorum())
                .findFirst();
        if (agreed.isPresent()) {
            mapping = MappingKind.STABLE;
            return believe(agreed.get());
        }
        boolean full = votes.size() == settings.window();
        boolean varies = full && distinct().count() >= VARYING;
        mapping = varies ? kindOfVariation() : MappingKind.UNKNOWN;
        boolean stillSeen = believed != null && !varies && votesFor(believed) > 0;
        return stillSeen ? new EndpointChange.Unchanged() : believe(null);
    }

    private EndpointChange believe(@Nullable Endpoint endpoint) {
        Endpoint before = believed;
        believed = endpoint;
        if (before == null) {
            return endpoint == null ? new EndpointChange.Unchanged() : new EndpointChange.Learned(endpoint);
        }
        if (endpoint == null) {
            return new EndpointChange.Lost(before);
        }
        return before.equals(endpoint) ? new EndpointChange.Unchanged() : new EndpointChange.Moved(before, endpoint);
    }

    private MappingKind kindOfVariation() {
        Endpoint any = votes.firstEntry().getValue().endpoint;
        boolean oneAddress = distinct().allMatch(any::hasAddressOf);
        return oneAddress ? MappingKind.PORT_VARIES : MappingKind.ADDRESS_VARIES;
    }

    private Stream<Endpoint> distinct() {
        return votes.values().stream().map(Vote::endpoint).distinct();
    }

    private long votesFor(Endpoint endpoint) {
        return votes.values().stream()
                .filter(vote -> vote.endpoint.equals(endpoint))
                .count();
    }

    private record Vote(Endpoint endpoint, long atNanos) {}
}
