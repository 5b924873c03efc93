package org.privatus.simulation.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.privatus.simulation.messaging.SpliceWorld.MINUTE;
import static org.privatus.simulation.messaging.SpliceWorld.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.messaging.core.CommandResult;
import org.privatus.node.messaging.core.CommandResult.Refusal;
import org.privatus.node.messaging.core.MessagingSettings;
import org.privatus.node.messaging.core.SendResult;
import org.privatus.node.store.AttemptStep;
import org.privatus.node.store.AttemptStep.Outcome;
import org.privatus.node.store.MessageId;
import org.privatus.node.store.Standing;
import org.privatus.node.store.StoredMessage;
import org.privatus.node.store.StoredPerson;
import org.privatus.simulation.messaging.SpliceWorld.Splice;
import org.privatus.simulation.suite.StubSuite;

class ConversationsTest {
    private final SpliceWorld world = new SpliceWorld(7, new StubSuite());
    private final Person alice = world.person("alice");
    private final Person bob = world.person("bob");

    private void becomeContacts() {
        alice.add(bob);
        bob.add(alice);
        world.run(SECOND);
    }

    @Test
    void a_text_is_delivered_and_acknowledged() {
        becomeContacts();
        MessageId id = alice.send(bob, "hello");
        world.run(10 * SECOND);

        assertThat(alice.queued).containsExactly(id);
        assertThat(alice.acknowledged).containsExactly(id);
        assertThat(bob.received).extracting(StoredMessage::text).containsExactly("hello");
        assertThat(bob.inbox()).isEqualTo(bob.received);
        assertThat(alice.outbox()).isEmpty();
    }

    @Test
    void with_real_primitives_too() {
        var real = new SpliceWorld(3, new StandardSuite());
        Person carol = real.person("carol");
        Person dave = real.person("dave");
        carol.add(dave);
        dave.add(carol);
        carol.send(dave, "one");
        real.run(10 * SECOND);
        dave.send(carol, "two");
        carol.send(dave, "three");
        real.run(10 * SECOND);

        assertThat(dave.received).extracting(StoredMessage::text).containsExactly("one", "three");
        assertThat(carol.received).extracting(StoredMessage::text).containsExactly("two");
        assertThat(carol.acknowledged).hasSize(2);
    }

    @Test
    void texts_keep_their_order_and_the_splice_is_reused_then_closed() {
        becomeContacts();
        for (int i = 0; i < 100; i++) {
            alice.send(bob, "text " + i);
            bob.send(alice, "answer " + i);
        }
        world.run(MINUTE);

        assertThat(bob.received).extracting(StoredMessage::text).containsExactlyElementsOf(texts("text ", 100));
        assertThat(alice.received).extracting(StoredMessage::text).containsExactlyElementsOf(texts("answer ", 100));
        assertThat(world.splices).hasSizeLessThanOrEqualTo(2);
        world.run(2 * MINUTE);
        assertThat(world.splices).noneMatch(splice -> splice.open);
        assertThat(alice.core().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(bob.core().view().splices()).isZero();
    }

    private static List<String> texts(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 323, 324, 5_000, 32_768})
    void texts_of_every_length_arrive(int length) {
        becomeContacts();
        alice.send(bob, "x".repeat(length));
        world.run(20 * SECOND);

        assertThat(bob.received).singleElement().extracting(StoredMessage::text).isEqualTo("x".repeat(length));
    }

    @Test
    void only_size_classes_show_on_the_wire() {
        becomeContacts();
        alice.send(bob, "first");
        world.run(5 * SECOND);
        int before = sent(world.splices.getFirst());
        alice.send(bob, "a");
        world.run(5 * SECOND);
        int short1 = sent(world.splices.getFirst()) - before;
        alice.send(bob, "b".repeat(323));
        world.run(5 * SECOND);
        int short2 = sent(world.splices.getFirst()) - before - short1;

        assertThat(short1).isEqualTo(short2).isLessThan(460);
    }

    private static int sent(Splice splice) {
        return splice.fromOpener.stream().mapToInt(bytes -> bytes.length).sum();
    }

    @Test
    void somebody_away_gets_the_text_when_they_are_there_again() {
        becomeContacts();
        world.failuresPerMille = 1_000;
        MessageId id = alice.send(bob, "are you there?");
        world.run(5 * MINUTE);
        assertThat(alice.acknowledged).isEmpty();
        assertThat(alice.queued).containsExactly(id);
        List<AttemptStep.Outcome> outcomes =
                alice.attempts(bob).stream().map(attempt -> attempt.outcome()).toList();
        assertThat(outcomes).hasSizeBetween(5, 10).containsOnly(Outcome.NOT_FOUND);

        world.failuresPerMille = 0;
        world.run(10 * MINUTE);

        assertThat(alice.acknowledged).containsExactly(id);
        assertThat(alice.attempts(bob).getFirst().outcome()).isEqualTo(Outcome.OK);
        assertThat(alice.attempts(bob).getFirst().steps())
                .extracting(AttemptStep::stage)
                .containsExactly(
                        AttemptStep.Stage.SPLICE,
                        AttemptStep.Stage.HANDSHAKE,
                        AttemptStep.Stage.SENT,
                        AttemptStep.Stage.ACKNOWLEDGED);
    }

    @Test
    void a_stranger_is_held_unacknowledged_until_accepted() {
        alice.add(bob);
        MessageId first = alice.send(bob, "you do not know me");
        alice.send(bob, "but I know you");
        world.run(MINUTE);
        assertThat(bob.requests).containsExactly(alice.key());
        assertThat(bob.inbox()).isEmpty();
        assertThat(alice.acknowledged).isEmpty();
        assertThat(bob.persons(Standing.REQUEST)).extracting(StoredPerson::key).containsExactly(alice.key());

        bob.command(bob.core().acceptRequest(alice.key(), "alice", world.now(), world.epochMillis()));
        world.run(10 * SECOND);

        assertThat(bob.received)
                .extracting(StoredMessage::text)
                .containsExactly("you do not know me", "but I know you");
        assertThat(alice.acknowledged).hasSize(2).contains(first);
        bob.send(alice, "now I do");
        world.run(10 * SECOND);
        assertThat(alice.received).hasSize(1);
    }

    @Test
    void a_request_survives_a_crash() {
        alice.add(bob);
        alice.send(bob, "hello?");
        world.run(MINUTE);
        bob.crash();
        world.run(MINUTE);
        assertThat(bob.persons(Standing.REQUEST)).hasSize(1);

        bob.command(bob.core().acceptRequest(alice.key(), "alice", world.now(), world.epochMillis()));
        world.run(MINUTE);

        assertThat(bob.inbox()).extracting(StoredMessage::text).containsExactly("hello?");
        assertThat(alice.acknowledged).hasSize(1);
    }

    @Test
    void a_stranger_who_is_turned_down_hears_nothing_and_asks_no_second_time() {
        alice.add(bob);
        alice.send(bob, "buy this");
        world.run(MINUTE);
        bob.command(bob.core().rejectRequest(alice.key()));
        alice.send(bob, "buy that");
        world.run(60 * MINUTE);

        assertThat(bob.requests).hasSize(1);
        assertThat(bob.persons(Standing.REQUEST)).isEmpty();
        assertThat(bob.inbox()).isEmpty();
        assertThat(alice.acknowledged).isEmpty();
        assertThat(alice.outbox()).hasSize(2);
    }

    @Test
    void whoever_is_taken_into_the_book_after_all_is_heard_from_the_first_text_on() {
        alice.add(bob);
        alice.send(bob, "one");
        world.run(MINUTE);
        bob.command(bob.core().rejectRequest(alice.key()));
        alice.send(bob, "two");
        world.run(20 * MINUTE);
        bob.add(alice);
        world.run(30 * MINUTE);

        assertThat(bob.inbox()).extracting(StoredMessage::text).containsExactlyInAnyOrder("one", "two");
        assertThat(alice.outbox()).isEmpty();
    }

    @Test
    void somebody_blocked_is_dropped_in_silence() {
        becomeContacts();
        alice.send(bob, "one");
        bob.send(alice, "one");
        world.run(10 * SECOND);
        bob.command(bob.core().block(alice.key()));
        alice.send(bob, "two");
        world.run(30 * MINUTE);

        assertThat(bob.inbox()).hasSize(1);
        assertThat(alice.acknowledged).hasSize(1);
        assertThat(bob.core().sendText(alice.key(), "no", world.now(), world.epochMillis()))
                .isEqualTo(new SendResult.Refused(Refusal.BLOCKED));
        bob.crash();
        world.run(30 * MINUTE);
        assertThat(bob.inbox()).hasSize(1);
        assertThat(bob.requests).isEmpty();
    }

    @Test
    void somebody_removed_is_a_stranger_again_and_what_was_said_stays() {
        becomeContacts();
        alice.send(bob, "one");
        world.run(10 * SECOND);
        bob.command(bob.core().remove(alice.key(), world.now()));
        world.run(SECOND);
        alice.send(bob, "two");
        world.run(10 * MINUTE);

        assertThat(bob.inbox()).extracting(StoredMessage::text).containsExactly("one");
        assertThat(bob.requests).containsExactly(alice.key());
        bob.command(bob.core().acceptRequest(alice.key(), "al", world.now(), world.epochMillis()));
        world.run(10 * MINUTE);
        assertThat(bob.inbox()).extracting(StoredMessage::text).containsExactly("one", "two");
        assertThat(alice.outbox()).isEmpty();
    }

    @Test
    void requests_are_bounded_and_what_finds_no_room_stays_with_its_writer() {
        var small = new SpliceWorld(5, new StubSuite(), withRequests(2, 3));
        Person dave = small.person("dave");
        List<Person> strangers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Person stranger = small.person("stranger " + i);
            strangers.add(stranger);
            stranger.add(dave);
            for (int j = 0; j < 5; j++) {
                stranger.send(dave, i + "/" + j);
            }
            small.run(MINUTE);
        }
        assertThat(dave.persons(Standing.REQUEST)).hasSize(2);

        for (Person stranger : strangers.subList(0, 2)) {
            dave.command(dave.core().acceptRequest(stranger.key(), stranger.name, small.now(), small.epochMillis()));
        }
        small.run(60 * MINUTE);
        assertThat(dave.inbox()).hasSize(10).extracting(StoredMessage::id).doesNotHaveDuplicates();
        assertThat(dave.persons(Standing.REQUEST)).hasSize(1);
    }

    private static MessagingSettings withRequests(int requests, int held) {
        MessagingSettings usual = MessagingSettings.defaults();
        return new MessagingSettings(
                usual.maxTextBytes(),
                usual.maxContacts(),
                usual.maxPendingPerContact(),
                usual.windowTexts(),
                requests,
                held,
                usual.maxRejected(),
                usual.maxSplicesPerContact(),
                usual.maxStrangeSplices(),
                usual.maxHalfOpen(),
                usual.halfOpenNanos(),
                usual.strangeNanos(),
                usual.openNanos(),
                usual.acknowledgeNanos(),
                usual.idleNanos(),
                usual.minRetryNanos(),
                usual.maxRetryNanos(),
                usual.attemptsKept(),
                usual.marksKept());
    }

    @Test
    void a_side_that_lost_its_sessions_says_so_and_gets_every_text_once() {
        becomeContacts();
        alice.send(bob, "one");
        bob.send(alice, "one back");
        world.run(10 * SECOND);
        bob.forgetSessionsAndRestart();
        alice.send(bob, "two");
        world.run(10 * MINUTE);
        assertThat(bob.inbox()).extracting(StoredMessage::text).containsExactly("one", "two");

        alice.forgetSessionsAndRestart();
        world.run(MINUTE);
        bob.send(alice, "two back");
        world.run(10 * MINUTE);
        assertThat(alice.inbox()).extracting(StoredMessage::text).containsExactly("one back", "two back");
        assertThat(alice.outbox()).isEmpty();
        assertThat(bob.outbox()).isEmpty();
    }

    @Test
    void what_a_gateway_plays_again_acts_on_nothing() {
        becomeContacts();
        for (int i = 0; i < 5; i++) {
            alice.send(bob, "text " + i);
            world.run(3 * MINUTE);
        }
        for (Splice splice : List.copyOf(world.splices)) {
            world.replay(splice);
            world.run(5 * MINUTE);
        }
        assertThat(bob.inbox()).hasSize(5);
        assertThat(bob.requests).isEmpty();
        assertThat(bob.core().view().splices()).isZero();
        alice.send(bob, "and on");
        world.run(5 * MINUTE);
        assertThat(bob.inbox()).hasSize(6);
        assertThat(alice.acknowledged).hasSize(6);
    }

    @Test
    void bytes_that_are_no_frames_end_their_splice_and_nothing_else() {
        becomeContacts();
        alice.send(bob, "one");
        world.run(10 * SECOND);
        for (int kind = 0; kind < 256; kind++) {
            byte[] junk = new byte[600];
            world.random.nextBytes(junk);
            junk[0] = (byte) kind;
            Splice splice = world.new Splice(alice, bob);
            world.splices.add(splice);
            bob.incoming(splice);
            bob.bytes(splice, junk);
            byte[] sealed = new byte[3 + 440];
            sealed[0] = 4;
            sealed[1] = 1;
            sealed[2] = (byte) 184;
            bob.bytes(splice, sealed);
        }
        world.run(5 * MINUTE);
        assertThat(bob.core().view().malformed()).isGreaterThan(200);
        assertThat(bob.core().view().strangeSplices()).isZero();

        alice.send(bob, "two");
        world.run(10 * SECOND);
        assertThat(bob.inbox()).hasSize(2);
    }

    @Test
    void commands_that_make_no_sense_are_refused() {
        becomeContacts();
        assertThat(alice.core().addContact("bob", bob.address(), 0, 0)).isEqualTo(refused(Refusal.NAME_TAKEN));
        assertThat(alice.core().addContact("bobby", bob.address(), 0, 0)).isEqualTo(refused(Refusal.ALREADY_CONTACT));
        assertThat(alice.core().addContact("me", alice.address(), 0, 0)).isEqualTo(refused(Refusal.OWN_ADDRESS));
        assertThat(alice.core().addContact("a\u202Eb", bob.address(), 0, 0)).isEqualTo(refused(Refusal.BAD_NAME));
        assertThat(alice.core().addContact("", bob.address(), 0, 0)).isEqualTo(refused(Refusal.BAD_NAME));
        assertThat(alice.core().acceptRequest(bob.key(), "x", 0, 0)).isEqualTo(refused(Refusal.UNKNOWN_PERSON));
        assertThat(alice.core().rename(bob.key(), "bob")).isEqualTo(refused(Refusal.NAME_TAKEN));
        assertThat(alice.core().sendText(bob.key(), "", 0, 0)).isEqualTo(new SendResult.Refused(Refusal.EMPTY_TEXT));
        assertThat(alice.core().sendText(bob.key(), "é".repeat(16_385), 0, 0))
                .isEqualTo(new SendResult.Refused(Refusal.TEXT_TOO_LONG));
        alice.command(alice.core().rename(bob.key(), "robert"));
        assertThat(alice.core().find("robert")).contains(bob.key());
        assertThat(alice.core().find("bob")).isEmpty();
    }

    private static CommandResult refused(Refusal reason) {
        return new CommandResult.Refused(reason);
    }

    @Test
    void a_full_queue_refuses() {
        becomeContacts();
        world.failuresPerMille = 1_000;
        for (int i = 0; i < world.settings.maxPendingPerContact(); i++) {
            alice.send(bob, "text " + i);
        }
        assertThat(alice.core().sendText(bob.key(), "one more", 0, 0))
                .isEqualTo(new SendResult.Refused(Refusal.QUEUE_FULL));
        world.failuresPerMille = 0;
        world.run(10 * MINUTE);
        assertThat(bob.inbox()).hasSize(world.settings.maxPendingPerContact());
    }

    @Test
    void a_core_that_was_shut_down_keeps_still() {
        becomeContacts();
        alice.send(bob, "one");
        world.run(10 * SECOND);
        alice.core().shutDown();
        world.run(10 * MINUTE);

        assertThat(alice.core().deadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(bob.core().view().splices()).isZero();
        bob.send(alice, "anybody there?");
        world.run(MINUTE);
        assertThat(alice.inbox()).isEmpty();
        assertThat(bob.outbox()).hasSize(1);
    }
}
