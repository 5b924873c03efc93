package org.privatus.nat.traversal;

import java.util.Optional;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeKey;

/// A node's own endpoints, concluded from what its peers saw. One peer proves nothing: it may lie, and a NAT may show
/// each another face.
///
/// An endpoint is believed when a quorum of observers in different address groups (/24 of IPv4, /48 of IPv6) report
/// it among the latest `2 · quorum − 1` observers; so a change of address is believed as soon as a majority of the
/// latest observers saw it, and no address group has two votes. Memory is bounded by that window, for each of IPv4
/// and IPv6. Somebody who controls as many groups as the quorum can make a node believe nonsense; feed observations
/// of peers that the node itself chose to dial.
///
/// Contract: one thread; `nowNanos` never goes back. Useless observations (undialable, private where that does not
/// count) change nothing.
public final class ObservedEndpoints {
    private final ObservationSettings settings;
    private final ObservedFamily ipv4;
    private final ObservedFamily ipv6;

    public ObservedEndpoints(ObservationSettings settings) {
        this.settings = settings;
        this.ipv4 = new ObservedFamily(settings);
        this.ipv6 = new ObservedFamily(settings);
    }

    /// A peer at `observerAt` saw this node at `observed`.
    public EndpointChange observed(NodeKey observer, Endpoint observerAt, Endpoint observed, long nowNanos) {
        if (!observed.isDialable() || (observed.isPrivate() && !settings.laboratory())) {
            return new EndpointChange.Unchanged();
        }
        Optional<Voter> voter = voter(observer, observerAt);
        if (voter.isEmpty()) {
            return new EndpointChange.Unchanged();
        }
        return family(observed.isIpv4()).observed(voter.get(), observed, nowNanos);
    }

    private Optional<Voter> voter(NodeKey observer, Endpoint at) {
        if (!at.isPrivate()) {
            return Optional.of(new Voter.Group(at.group()));
        }
        return settings.laboratory() ? Optional.of(new Voter.Single(observer)) : Optional.empty();
    }

    /// The believed endpoint with an IPv4 or IPv6 address.
    public Optional<Endpoint> own(boolean wantIpv4) {
        return family(wantIpv4).believed();
    }

    public MappingKind mapping(boolean ofIpv4) {
        return family(ofIpv4).mapping();
    }

    /// When the next observation expires; `Long.MAX_VALUE` when there is none.
    public long deadlineNanos() {
        return Math.min(ipv4.deadlineNanos(), ipv6.deadlineNanos());
    }

    /// Drops what has expired. The result tells of IPv4 or IPv6; call again while it is not `Unchanged`.
    public EndpointChange onDeadline(long nowNanos) {
        EndpointChange change = ipv4.expire(nowNanos);
        return change instanceof EndpointChange.Unchanged ? ipv6.expire(nowNanos) : change;
    }

    private ObservedFamily family(boolean isIpv4) {
        return isIpv4 ? ipv4 : ipv6;
    }

    /// Who has one vote.
    sealed interface Voter {
        record Group(long group) implements Voter {}

        record Single(NodeKey key) implements Voter {}
    }
}
