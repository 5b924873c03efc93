package org.privatus.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.node.store.StoreSamples.attempt;
import static org.privatus.node.store.StoreSamples.digest;
import static org.privatus.node.store.StoreSamples.id;
import static org.privatus.node.store.StoreSamples.incoming;
import static org.privatus.node.store.StoreSamples.key;
import static org.privatus.node.store.StoreSamples.outgoing;
import static org.privatus.node.store.StoreSamples.person;
import static org.privatus.node.store.StoreSamples.put;
import static org.privatus.node.store.StoreSamples.sealed;
import static org.privatus.node.store.StoreSamples.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.privatus.testing.Seeded;

/// What every {@link MessageStore} does, kills included. The test decides when the store's work is done: nothing happens before it asks.
public abstract class MessageStoreContract {
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private MessageStore store;

    /// A store with nothing in it.
    protected abstract MessageStore create(Executor executor) throws Exception;

    /// Ends the last store as a power failure would, and opens a new one over what had been synced.
    protected abstract MessageStore kill(Executor executor) throws Exception;

    @BeforeEach
    final void open() throws Exception {
        store = create(work::add);
    }

    @AfterEach
    final void close() {
        store.close();
        settle();
    }

    @Test
    void a_new_store_is_empty() {
        assertThat(state()).isEqualTo(StoredState.EMPTY);
        assertThat(inbox()).isEmpty();
        assertThat(outbox()).isEmpty();
    }

    @Test
    void what_was_committed_is_there_after_a_kill() throws Exception {
        commit(put(1, Standing.CONTACT), put(2, Standing.BLOCKED), new StoreChange.PutSession(session(1, 4)));
        commit(outgoing(1, 10, Optional.of(sealed(3))), outgoing(1, 11, Optional.empty()), incoming(1, 20, false));
        StoredState before = state();

        restart();

        assertThat(state()).isEqualTo(before);
        assertThat(before.persons()).containsExactly(person(1, Standing.CONTACT), person(2, Standing.BLOCKED));
        assertThat(before.sessions()).containsExactly(session(1, 4));
        assertThat(before.pending())
                .containsExactly(
                        new PendingText(key(1), id(10), 6_010, "text 10", Optional.of(sealed(3))),
                        new PendingText(key(1), id(11), 6_011, "text 11", Optional.empty()));
        assertThat(before.received()).containsExactly(new ReceivedMark(key(1), digest(20), id(20)));
    }

    @Test
    void what_was_not_synced_is_gone_whole_and_never_answered() throws Exception {
        commit(put(1, Standing.CONTACT));
        var replies = new ArrayList<StoreReply<Committed>>();
        store.submit(StoreTransaction.of(outgoing(1, 10, Optional.empty()), incoming(1, 20, false)), replies::add);
        work.clear();

        restart();

        assertThat(replies).isEmpty();
        assertThat(state().pending()).isEmpty();
        assertThat(inbox()).isEmpty();
        assertThat(state().persons()).hasSize(1);
    }

    @Test
    void a_text_appears_once_however_often_it_comes() {
        commit(put(1, Standing.CONTACT));
        Committed first = commit(incoming(1, 20, false));
        Committed again = commit(incoming(1, 20, false));

        assertThat(first.appeared())
                .containsExactly(new StoredMessage(1, key(1), id(20), false, 5_020, 4_020, 0, "text 20"));
        assertThat(again.appeared()).isEmpty();
        assertThat(inbox()).isEqualTo(first.appeared());
    }

    @Test
    void a_text_that_comes_sealed_anew_is_remembered_by_its_newest_bytes() {
        commit(put(1, Standing.CONTACT), incoming(1, 20, false));
        Committed again =
                commit(new StoreChange.AddIncoming(key(1), id(20), digest(99), 9_000, 4_020, "text 20", false));

        assertThat(again.appeared()).isEmpty();
        assertThat(state().received()).containsExactly(new ReceivedMark(key(1), digest(99), id(20)));
    }

    @Test
    void the_same_id_of_two_writers_is_two_texts() {
        commit(put(1, Standing.CONTACT), put(2, Standing.CONTACT));

        assertThat(commit(incoming(1, 20, false), incoming(2, 20, false)).appeared())
                .hasSize(2);
    }

    @Test
    void held_texts_appear_when_they_are_revealed_in_the_order_they_came() {
        commit(put(1, Standing.REQUEST), put(2, Standing.CONTACT));
        commit(incoming(1, 20, true), incoming(1, 21, true));
        commit(incoming(2, 30, false));
        assertThat(state().held()).extracting(ReceivedMark::id).containsExactly(id(20), id(21));
        assertThat(inbox()).hasSize(1);

        Committed revealed = commit(put(1, Standing.CONTACT), new StoreChange.RevealHeld(key(1)));

        assertThat(revealed.appeared()).extracting(StoredMessage::id).containsExactly(id(20), id(21));
        assertThat(inbox()).extracting(StoredMessage::id).containsExactly(id(30), id(20), id(21));
        assertThat(inbox()).extracting(StoredMessage::position).containsExactly(1L, 2L, 3L);
    }

    @Test
    void held_texts_of_one_turned_down_are_gone() {
        commit(put(1, Standing.REQUEST), incoming(1, 20, true));
        commit(put(1, Standing.REJECTED), new StoreChange.DropHeld(key(1)));

        assertThat(state().held()).isEmpty();
        assertThat(state().received()).isEmpty();
    }

    @Test
    void an_acknowledged_text_leaves_the_outbox_and_its_sealed_bytes_are_forgotten() {
        commit(put(1, Standing.CONTACT), outgoing(1, 10, Optional.of(sealed(3))));
        assertThat(outbox()).extracting(StoredMessage::id).containsExactly(id(10));

        commit(new StoreChange.Acknowledge(key(1), id(10), 7_777));

        assertThat(outbox()).isEmpty();
        assertThat(state().pending()).isEmpty();
        assertThat(history(1)).extracting(StoredMessage::acknowledgedAt).containsExactly(7_777L);
    }

    @Test
    void a_text_is_sealed_and_unsealed() {
        commit(put(1, Standing.CONTACT), outgoing(1, 10, Optional.empty()));
        commit(new StoreChange.Seal(key(1), id(10), sealed(3)));
        assertThat(state().pending().getFirst().sealed()).contains(sealed(3));

        commit(new StoreChange.Unseal(key(1), id(10)));
        assertThat(state().pending().getFirst().sealed()).isEmpty();
    }

    @Test
    void a_session_is_replaced_and_removed() {
        commit(
                put(1, Standing.CONTACT),
                new StoreChange.PutSession(session(1, 4)),
                new StoreChange.PutSession(session(1, 5)));
        StoredSession later =
                new StoredSession(key(1), session(1, 4).id(), 4, true, true, Blob.EMPTY, Blob.of(new byte[] {77}));
        commit(new StoreChange.PutSession(later));
        assertThat(state().sessions()).containsExactly(later, session(1, 5));

        commit(new StoreChange.RemoveSession(key(1), later.id()));
        assertThat(state().sessions()).containsExactly(session(1, 5));
    }

    @Test
    void forgetting_the_sessions_leaves_texts_to_be_sealed_anew() {
        commit(
                put(1, Standing.CONTACT),
                new StoreChange.PutSession(session(1, 4)),
                outgoing(1, 10, Optional.of(sealed(3))),
                incoming(1, 20, false));
        commit(new StoreChange.ForgetSessions());

        assertThat(state().sessions()).isEmpty();
        assertThat(state().received()).isEmpty();
        assertThat(state().pending().getFirst().sealed()).isEmpty();
        assertThat(commit(incoming(1, 20, false)).appeared()).isEmpty();
    }

    @Test
    void a_removed_person_leaves_nothing_and_no_place_in_the_inbox_is_given_twice() {
        commit(put(1, Standing.CONTACT), incoming(1, 20, false), outgoing(1, 10, Optional.of(sealed(3))));
        commit(new StoreChange.PutSession(session(1, 4)), new StoreChange.AddAttempt(key(1), attempt(1), 10));
        commit(new StoreChange.RemovePerson(key(1)));
        assertThat(state()).isEqualTo(StoredState.EMPTY);
        assertThat(attempts(1)).isEmpty();

        Committed later = commit(put(1, Standing.CONTACT), incoming(1, 20, false));
        assertThat(later.appeared()).extracting(StoredMessage::position).containsExactly(2L);
    }

    @Test
    void changes_about_somebody_unknown_do_nothing() {
        commit(
                incoming(1, 20, false),
                outgoing(1, 10, Optional.empty()),
                new StoreChange.PutSession(session(1, 4)),
                new StoreChange.Acknowledge(key(1), id(10), 1),
                new StoreChange.AddAttempt(key(1), attempt(1), 10),
                new StoreChange.RevealHeld(key(1)));

        assertThat(state()).isEqualTo(StoredState.EMPTY);
    }

    @Test
    void a_deleted_text_is_not_shown_and_its_repetition_still_told() {
        commit(put(1, Standing.CONTACT), incoming(1, 20, false));
        commit(new StoreChange.DeleteMessage(key(1), id(20), false));
        assertThat(inbox()).isEmpty();
        assertThat(history(1)).isEmpty();

        assertThat(commit(incoming(1, 20, false)).appeared()).isEmpty();
    }

    @Test
    void the_last_attempts_are_kept_newest_first() {
        commit(put(1, Standing.CONTACT));
        for (int i = 1; i <= 5; i++) {
            commit(new StoreChange.AddAttempt(key(1), attempt(i), 3));
        }
        assertThat(attempts(1)).containsExactly(attempt(5), attempt(4), attempt(3));
    }

    @Test
    void the_inbox_is_read_in_pages() {
        commit(put(1, Standing.CONTACT), incoming(1, 20, false), incoming(1, 21, false), incoming(1, 22, false));

        assertThat(ask((Consumer<StoreReply<List<StoredMessage>>> done) -> store.inbox(1, 1, done)))
                .extracting(StoredMessage::id)
                .containsExactly(id(21));
    }

    @Test
    void the_latest_texts_are_in_order() {
        commit(put(1, Standing.CONTACT), incoming(1, 20, false), incoming(1, 21, false), incoming(1, 22, false));

        assertThat(ask((Consumer<StoreReply<List<StoredMessage>>> done) -> store.latest(2, done)))
                .extracting(StoredMessage::id)
                .containsExactly(id(21), id(22));
    }

    @Test
    void held_texts_are_listed_oldest_first_until_their_writer_is_accepted() {
        commit(put(1, Standing.REQUEST), incoming(1, 20, true), incoming(1, 21, true));

        assertThat(ask((Consumer<StoreReply<List<StoredMessage>>> done) -> store.held(10, done)))
                .extracting(StoredMessage::id)
                .containsExactly(id(20), id(21));
    }

    @Test
    void history_is_newest_first_and_hides_what_is_held() {
        commit(
                put(1, Standing.REQUEST),
                incoming(1, 20, false),
                incoming(1, 21, true),
                outgoing(1, 10, Optional.empty()));

        assertThat(history(1)).extracting(StoredMessage::id).containsExactly(id(10), id(20));
    }

    @Test
    void contacts_are_listed_by_presence_and_nobody_is_online_after_a_kill() throws Exception {
        commit(new StoreChange.PutPerson(person(1, Standing.CONTACT).seen(50).online(false)));
        commit(new StoreChange.PutPerson(person(2, Standing.CONTACT).seen(10)));
        commit(new StoreChange.PutPerson(person(3, Standing.CONTACT).seen(90).online(false)), put(4, Standing.REQUEST));
        assertThat(contacts()).extracting(StoredPerson::key).containsExactly(key(2), key(3), key(1));

        restart();

        assertThat(contacts()).extracting(StoredPerson::key).containsExactly(key(3), key(1), key(2));
        assertThat(contacts()).noneMatch(StoredPerson::online);
    }

    @Test
    void a_closed_store_refuses() {
        store.close();
        var replies = new ArrayList<StoreReply<Committed>>();
        store.submit(StoreTransaction.of(put(1, Standing.CONTACT)), replies::add);
        settle();

        assertThat(replies).singleElement().isInstanceOf(StoreReply.Failed.class);
    }

    /// A kill may come anywhere between transactions; a prefix of them is what is left, and all that were answered are in it.
    @Seeded
    void any_kill_leaves_the_transactions_that_were_answered_and_none_else(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        commit(put(0, Standing.CONTACT), put(1, Standing.CONTACT), put(2, Standing.REQUEST));
        long positions = 0;
        for (int life = 0; life < 4; life++) {
            var answered = new ArrayList<Long>();
            var sent = new ArrayList<Long>();
            for (int i = 0; i < 12; i++) {
                long number = life * 100L + i;
                sent.add(number);
                store.submit(
                        StoreTransaction.of(
                                incoming(random.nextInt(2), number, false), outgoing(2, number, Optional.empty())),
                        reply -> answered.add(number));
                if (random.nextInt(3) == 0) {
                    settle();
                }
            }
            work.clear();
            restart();
            long from = life * 100L;
            assertThat(answered).isEqualTo(sent.subList(0, answered.size()));
            assertThat(state().pending().stream().map(p -> p.id()).filter(p -> p.high() >= from))
                    .isEqualTo(answered.stream().map(StoreSamples::id).toList());
            positions += answered.size();
            assertThat(inbox()).hasSize((int) positions);
        }
    }

    private void restart() throws Exception {
        work.clear();
        store = kill(work::add);
    }

    private void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private <T> T ask(Consumer<Consumer<StoreReply<T>>> question) {
        var replies = new ArrayList<StoreReply<T>>();
        question.accept(replies::add);
        settle();
        assertThat(replies).singleElement().isInstanceOf(StoreReply.Done.class);
        return ((StoreReply.Done<T>) replies.getFirst()).value();
    }

    private Committed commit(StoreChange... changes) {
        return ask(done -> store.submit(StoreTransaction.of(changes), done));
    }

    private StoredState state() {
        return ask(done -> store.load(100, done));
    }

    private List<StoredMessage> inbox() {
        return ask(done -> store.inbox(0, 1_000, done));
    }

    private List<StoredMessage> outbox() {
        return ask(done -> store.outbox(1_000, done));
    }

    private List<StoredMessage> history(int person) {
        return ask(done -> store.history(key(person), Long.MAX_VALUE, 1_000, done));
    }

    private List<StoredPerson> contacts() {
        return ask(done -> store.contacts(done));
    }

    private List<Attempt> attempts(int person) {
        return ask(done -> store.attempts(key(person), 1_000, done));
    }
}
