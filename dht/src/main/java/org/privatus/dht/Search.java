package org.privatus.dht;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.privatus.crypto.identity.NodeId;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.dht.DhtOutcome.Effort;
import org.privatus.dht.message.Value;
import org.privatus.dht.store.DhtRecord;

/// Looks for the newest valid record under a target.
///
/// Every distinct record that comes back is verified once. The search stops early when enough holders agree on the newest, where any newer valid
/// one starts the count anew: one holder alone may be outdated or lying by omission (nobody can forge), and waiting for all k makes every search
/// as slow as the slowest holder. Without agreement it ends when the nearest nodes known have answered, or at the deadline, with the best seen.
final class Search implements LookupRun.Listener {
    /// Different records considered; of more, honest holders do not have that many.
    private static final int MOST_CLAIMS = 8;

    private static final long GRACE_NANOS = 1_000_000_000L;

    private final NodeId target;
    private final int agreement;
    private final Requests requests;
    private final Verifier verifier;
    private final Timers timers;
    private final Dates dates;
    private final ObjLongConsumer<Result> completion;
    private final ArrayList<Claim> claims = new ArrayList<>();
    private @Nullable LookupRun run;
    private Timers.@Nullable Timer lastResort;
    private long startedNanos;
    private boolean lookupOver;
    private boolean timedOut;
    private boolean over;

    /// @param holders that gave this very record; 0 without one
    /// @param timedOut the deadline came first
    record Result(Optional<DhtRecord> newest, int holders, boolean timedOut, Effort effort) {}

    private static final class Claim {
        private final DhtRecord record;
        private final ArrayList<Request> from = new ArrayList<>();
        private int holders = 1;
        private Verdict verdict = Verdict.PENDING;

        private Claim(DhtRecord record) {
            this.record = record;
        }
    }

    private enum Verdict {
        PENDING,
        GENUINE,
        FORGED,
    }

    Search(
            NodeId target,
            int agreement,
            Requests requests,
            Verifier verifier,
            Timers timers,
            Dates dates,
            ObjLongConsumer<Result> completion) {
        this.target = target;
        this.agreement = agreement;
        this.requests = requests;
        this.verifier = verifier;
        this.timers = timers;
        this.dates = dates;
        this.completion = completion;
    }

    /// @param own what this node itself holds, verified when it came; counts as one holder
    void start(Lookups lookups, Optional<Value> own, long now) {
        startedNanos = now;
        own.flatMap(value -> parse(value, now)).ifPresent(record -> {
            var claim = new Claim(record);
            claim.verdict = Verdict.GENUINE;
            claims.add(claim);
        });
        var started = lookups.value(target, this, now);
        run = started;
        lastResort = timers.at(started.lookup().deadlineNanos() + GRACE_NANOS, this::finish);
        started.start(now);
    }

    @Override
    public void held(Value value, Request request, long now) {
        for (Claim claim : claims) {
            if (claim.record.value().equals(value)) {
                claim.holders++;
                supported(claim, request, now);
                return;
            }
        }
        Optional<DhtRecord> record = parse(value, now);
        if (record.isEmpty()) {
            requests.demote(request.to(), now);
        } else if (claims.size() < MOST_CLAIMS) {
            var claim = new Claim(record.get());
            claim.from.add(request);
            claims.add(claim);
            verifier.verify(claim.record, (genuine, t) -> verified(claim, genuine, t));
        }
    }

    private void supported(Claim claim, Request request, long now) {
        switch (claim.verdict) {
            case PENDING -> claim.from.add(request);
            case GENUINE -> decide(now);
            case FORGED -> requests.demote(request.to(), now);
        }
    }

    private Optional<DhtRecord> parse(Value value, long now) {
        try {
            DhtRecord record = DhtRecord.parse(value);
            boolean sound = record.target().equals(target) && record.lifetimeNanos(dates.epochMillis(now)) > 0;
            return sound ? Optional.of(record) : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private void verified(Claim claim, boolean genuine, long now) {
        claim.verdict = genuine ? Verdict.GENUINE : Verdict.FORGED;
        if (!genuine && !over) {
            claim.from.forEach(request -> requests.demote(request.to(), now));
        }
        claim.from.clear();
        decide(now);
    }

    @Override
    public void ended(LookupRun ended, boolean late, long now) {
        lookupOver = true;
        timedOut = late;
        decide(now);
    }

    private void decide(long now) {
        boolean pending = claims.stream().anyMatch(claim -> claim.verdict == Verdict.PENDING);
        boolean agreed = newest().map(claim -> claim.holders >= agreement).orElse(false);
        if (!pending && (agreed || lookupOver)) {
            finish(now);
        }
    }

    private Optional<Claim> newest() {
        Claim newest = null;
        for (Claim claim : claims) {
            boolean genuine = claim.verdict == Verdict.GENUINE;
            if (genuine && (newest == null || claim.record.supersedes(newest.record))) {
                newest = claim;
            }
        }
        return Optional.ofNullable(newest);
    }

    private void finish(long now) {
        if (over) {
            return;
        }
        over = true;
        Effort effort = Effort.NONE;
        if (run != null) {
            run.stop();
            effort = new Effort(
                    now - startedNanos, run.lookup().requests(), run.lookup().depth());
        }
        if (lastResort != null) {
            lastResort.cancel();
        }
        Optional<Claim> newest = newest();
        completion.accept(
                new Result(
                        newest.map(claim -> claim.record),
                        newest.map(claim -> claim.holders).orElse(0),
                        timedOut,
                        effort),
                now);
    }
}
