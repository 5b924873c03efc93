package org.privatus.dht.lookup;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.lookup.Candidates.State;

/// One iterative search for the nodes nearest to a target. It never sends: the caller repeats {@link #next} until it says other than
/// {@link Step.Ask}, carries the asking out, and reports what came of each.
///
/// - At most α requests are on their way; one that {@link #onStall stalled} no longer counts, so that another takes its place (its answer is still
///   welcome).
/// - With `together`, as soon as α answers in a row have brought nobody nearer, those left of the k nearest are asked at once, as Kademlia §2.3 has
///   it: the same questions in fewer round trips. Answers with a record do not count here, so that a search that is about to end stays small.
/// - It ends when the k nearest nodes known have answered (Kademlia §2.3), when nobody is left to ask, or at its deadline.
/// - With d > 1 *paths* (S/Kademlia §4.4) the seeds are dealt out to d searches that share the α requests. A node is asked once, by the path that
///   gets there first, and only that path learns whom it mentions; the others count its answer and learn nothing from it. So a lying node leads
///   one path astray and not the rest. Each path ends as a lookup of its own does.
///
/// The target itself is a node like others, unless it is `excluded`: whoever asks for a node's descriptor must not ask that node.
///
/// Bounds: 8·k nodes are remembered; of more, the farthest not yet asked are forgotten. Ties cannot occur: ids are distinct.
public final class Lookup {
    private static final int REMEMBERED_PER_RESULT = 8;

    private final NodeId target;
    private final NodeId self;
    private final boolean targetExcluded;
    private final int results;
    private final int parallelism;
    private final int paths;
    private final boolean together;
    private final long deadlineNanos;

    /// Nearest first.
    private final Candidates candidates;

    private int onTheirWay;
    private int stalled;
    private int requests;
    private int idleAnswers;

    /// @param seeds nearest first; dealt out to the paths in turn
    /// @param results Kademlia's k
    /// @param parallelism Kademlia's α
    /// @param paths S/Kademlia's d, 1 to 8
    /// @param together ask the last ones at once
    public Lookup(
            NodeId target,
            NodeId self,
            boolean targetExcluded,
            List<Contact> seeds,
            int results,
            int parallelism,
            int paths,
            boolean together,
            long deadlineNanos) {
        this.target = target;
        this.self = self;
        this.targetExcluded = targetExcluded;
        this.results = results;
        this.parallelism = parallelism;
        this.paths = Math.max(1, Math.min(paths, seeds.size()));
        this.together = together;
        this.deadlineNanos = deadlineNanos;
        this.candidates = new Candidates(target);
        for (int i = 0; i < seeds.size(); i++) {
            Contact seed = seeds.get(i);
            learn(seed, candidates.find(seed), 1, i % this.paths);
        }
    }

    public NodeId target() {
        return target;
    }

    public long deadlineNanos() {
        return deadlineNanos;
    }

    /// Requests asked for so far.
    public int requests() {
        return requests;
    }

    /// Whom to ask next, if anybody. The path with the fewest requests on their way goes first.
    public Step next(long now) {
        if (now >= deadlineNanos) {
            return new Step.TimedOut();
        }
        boolean complete = true;
        int chosen = Candidates.NOBODY;
        int path = 0;
        int fewest = Integer.MAX_VALUE;
        for (int p = 0; p < paths; p++) {
            View view = view(p);
            complete &= view.complete;
            if (view.next != Candidates.NOBODY && view.open < fewest) {
                fewest = view.open;
                chosen = view.next;
                path = p;
            }
        }
        boolean nobodyLeft = chosen == Candidates.NOBODY;
        if (complete || (nobodyLeft && onTheirWay + stalled == 0)) {
            return new Step.Finished();
        }
        return nobodyLeft || onTheirWay >= allowed() ? new Step.Wait() : ask(chosen, path);
    }

    private int allowed() {
        return together && idleAnswers >= parallelism ? Math.max(results, parallelism) : parallelism;
    }

    private Step ask(int chosen, int path) {
        candidates.asked(chosen, path);
        onTheirWay++;
        requests++;
        return new Step.Ask(candidates.contact(chosen));
    }

    /// What a path sees: its k nearest that have not failed. Beyond them it looks for as many as have stalled, since those may fail too.
    private View view(int path) {
        var view = new View();
        int seen = 0;
        int live = 0;
        for (int place = 0; place < candidates.size(); place++) {
            int candidate = candidates.at(place);
            if (!candidates.isKnownTo(candidate, path) || candidates.is(candidate, State.FAILED)) {
                continue;
            }
            if (candidates.is(candidate, State.ASKED) && candidates.askedBy(candidate) == path) {
                view.open++;
            }
            if (candidates.is(candidate, State.HEARD_OF) && view.next == Candidates.NOBODY) {
                view.next = candidate;
            }
            if (++seen <= results) {
                view.complete &= candidates.is(candidate, State.ANSWERED);
            }
            live += candidates.is(candidate, State.STALLED) ? 0 : 1;
            if (live == results) {
                break;
            }
        }
        return view;
    }

    private static final class View {
        private int next = Candidates.NOBODY;
        private boolean complete = true;
        private int open;
    }

    /// `from` answered and mentioned `closer` (none, if it answered with a record).
    ///
    /// @return false for a useless call: not asked, or settled before; nothing happens then
    public boolean onSuccess(Contact from, ContactList closer) {
        int candidate = open(from);
        if (candidate == Candidates.NOBODY) {
            return false;
        }
        settle(candidate);
        candidates.become(candidate, State.ANSWERED);
        int nearest = candidates.at(0);
        learnAll(closer, candidates.depth(candidate) + 1, candidates.askedBy(candidate));
        if (nearest != candidates.at(0)) {
            idleAnswers = 0;
        } else if (!closer.isEmpty()) {
            idleAnswers++;
        }
        forgetTheFarthest();
        return true;
    }

    /// `from` takes longer than expected: it frees its place among the α, and may still answer. Useless (false) for whoever is not on its way.
    public boolean onStall(Contact from) {
        int candidate = open(from);
        if (candidate == Candidates.NOBODY || !candidates.is(candidate, State.ASKED)) {
            return false;
        }
        candidates.become(candidate, State.STALLED);
        onTheirWay--;
        stalled++;
        return true;
    }

    /// `from` will not answer, or answered nonsense. Another endpoint mentioned for it is tried next. Useless (false) as in {@link #onSuccess}.
    public boolean onFailure(Contact from) {
        int candidate = open(from);
        if (candidate == Candidates.NOBODY) {
            return false;
        }
        settle(candidate);
        candidates.failed(candidate);
        return true;
    }

    private void settle(int candidate) {
        if (candidates.is(candidate, State.ASKED)) {
            onTheirWay--;
        } else {
            stalled--;
        }
    }

    private int open(Contact node) {
        int candidate = candidates.find(node);
        return candidate != Candidates.NOBODY && candidates.isOpen(candidate) ? candidate : Candidates.NOBODY;
    }

    private void learnAll(ContactList mentions, int depth, int path) {
        int[] known = candidates.findAll(mentions);
        for (int i = 0; i < known.length; i++) {
            boolean nothingNew =
                    known[i] != Candidates.NOBODY && mentions.isAtEndpointOf(i, candidates.contact(known[i]));
            if (nothingNew) {
                candidates.mentioned(known[i], depth, path);
            } else {
                // found again: one answer may mention somebody twice
                Contact mention = mentions.get(i);
                learn(mention, candidates.find(mention), depth, path);
            }
        }
    }

    /// @param known the candidate that is this node, if one is
    private void learn(Contact mention, int known, int depth, int path) {
        if (known == Candidates.NOBODY) {
            add(mention, depth, path);
            return;
        }
        candidates.mentioned(known, depth, path);
        if (!mention.isAtEndpointOf(candidates.contact(known))) {
            candidates.mentionedAt(known, mention);
        }
    }

    private void add(Contact mention, int depth, int path) {
        NodeId id = mention.id();
        boolean asked = !id.equals(self) && !(targetExcluded && id.equals(target));
        if (asked) {
            candidates.add(mention, depth, path);
        }
    }

    private void forgetTheFarthest() {
        int limit = REMEMBERED_PER_RESULT * results;
        for (int place = candidates.size() - 1; place >= 0 && candidates.size() > limit; place--) {
            if (candidates.is(candidates.at(place), State.HEARD_OF)) {
                candidates.remove(place);
            }
        }
    }

    /// The k nearest that have answered, nearest first.
    public List<Contact> closest() {
        var found = new ArrayList<Contact>(results);
        for (int place = 0; place < candidates.size() && found.size() < results; place++) {
            if (candidates.is(candidates.at(place), State.ANSWERED)) {
                found.add(candidates.contact(candidates.at(place)));
            }
        }
        return found;
    }

    /// Requests in a row that led to the nearest node that answered: 1 if it was in the table, 0 if nobody answered.
    public int depth() {
        for (int place = 0; place < candidates.size(); place++) {
            if (candidates.is(candidates.at(place), State.ANSWERED)) {
                return candidates.depth(candidates.at(place));
            }
        }
        return 0;
    }
}
