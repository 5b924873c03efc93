package org.privatus.simulation.bench.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.privatus.simulation.bench.work.Outcome;
import org.privatus.simulation.bench.work.Work;

/// Pieces of work that are done at once.
final class Shift {
    private final List<Work> works;
    private final CompletableFuture<List<Outcome>> done;
    private final List<Optional<Outcome>> outcomes = new ArrayList<>();
    private int running;

    Shift(List<Work> works, CompletableFuture<List<Outcome>> done) {
        this.works = works;
        this.done = done;
        this.running = works.size();
        works.forEach(_ -> outcomes.add(Optional.empty()));
    }

    List<Work> works() {
        return works;
    }

    /// A piece is done. Whether it is to be done once more, because it is in the background and others are not done yet; when none is left, all are told.
    ///
    /// @param place of the piece among all
    boolean finished(int place, Outcome outcome) {
        Outcome all = outcomes.get(place).map(before -> before.plus(outcome)).orElse(outcome);
        outcomes.set(place, Optional.of(all));
        if (works.get(place).background() && !isForegroundDone()) {
            return true;
        }
        running--;
        if (running == 0) {
            done.complete(outcomes.stream().map(Optional::orElseThrow).toList());
        }
        return false;
    }

    private boolean isForegroundDone() {
        for (int i = 0; i < works.size(); i++) {
            if (!works.get(i).background() && outcomes.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    void failed(String why) {
        done.completeExceptionally(new IllegalStateException(why));
    }
}
