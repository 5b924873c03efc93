package org.privatus.onion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.onion.DoorSettings;
import org.privatus.onion.RelaySettings;
import org.privatus.onion.cell.RelayCommand;
import org.privatus.onion.cell.RelayMessage;
import org.privatus.onion.cell.Status;
import org.privatus.onion.cell.StreamEnd;
import org.privatus.onion.work.Work;
import org.privatus.onion.work.WorkAsked;
import org.privatus.onion.work.WorkDone;

/// One person's gateway while strangers flood it with splices: ten a second are let in, a hundred and more are asked for.
class FloodTest {
    private static final int CREDIT = 100_000;
    private static final int STEPS_PER_SECOND = 10;
    private static final DoorSettings DOOR = new DoorSettings(8, Duration.ofMillis(100), 16, 500, 1_000_000);

    private final RelayBench bench = new RelayBench(RelaySettings.defaults().withDoor(DOOR));
    private final byte[] token = new byte[32];
    private BareClient person = bench.client(CREDIT);
    private int closedStreams;

    @BeforeEach
    void a_person_is_registered() throws MalformedPacketException {
        token[0] = 7;
        person.send(RelayMessage.onCircuit(RelayCommand.REGISTER, token.clone()));
        assertThat(Status.of(person.received(RelayCommand.REGISTERED).getLast().body()))
                .isEqualTo(Status.OK);
    }

    /// Somebody who wants in.
    private final class Stranger {
        private final BareClient client = bench.client(CREDIT);
        private int answersRead;
        private @Nullable WorkAsked asked;
        private long nonce;
        private int stream = 1;
        private int admitted;

        void knock(Optional<WorkDone> work) {
            asked = null;
            byte[] body = work.map(done -> done.behind(token)).orElseGet(token::clone);
            client.send(RelayMessage.onStream(RelayCommand.SPLICE, stream, body));
        }

        void look() throws MalformedPacketException {
            List<RelayMessage> answers = client.received(RelayCommand.SPLICED);
            for (; answersRead < answers.size(); answersRead++) {
                byte[] body = answers.get(answersRead).body();
                switch (Status.of(body)) {
                    case OK -> {
                        admitted++;
                        stream++;
                    }
                    case WORK -> {
                        asked = WorkAsked.read(body);
                        nonce = 0;
                    }
                    case LIMIT, NOT_FOUND, FAILED -> {}
                }
            }
        }

        /// Tries so many hashes at most; returns how many it took.
        int work(int hashes) {
            WorkAsked wanted = asked;
            if (wanted == null) {
                return 0;
            }
            OptionalLong found = new Work(bench.suite, wanted.challenge(), wanted.effort()).search(nonce, hashes);
            int took = (int) (found.isPresent() ? found.getAsLong() - nonce + 1 : hashes);
            nonce += took;
            found.ifPresent(solution -> knock(Optional.of(new WorkDone(wanted.effort(), solution))));
            return took;
        }
    }

    /// Ends what came in: nobody there proves to be anybody.
    private void personEndsStreams() {
        List<RelayMessage> opened = person.received(RelayCommand.SPLICE);
        for (; closedStreams < opened.size(); closedStreams++) {
            int stream = opened.get(closedStreams).stream();
            person.send(RelayMessage.onStream(RelayCommand.END, stream, StreamEnd.DONE.toBytes()));
        }
    }

    /// Of 100, how many honest strangers are let in within 15 s of their first knock, when one comes each second.
    ///
    /// @param hashes that those who flood can try in each tenth of a second, all together
    private int honest(int flooders, int hashes) throws MalformedPacketException {
        List<Stranger> flood = new ArrayList<>();
        for (int i = 0; i < flooders; i++) {
            flood.add(new Stranger());
        }
        List<Stranger> honest = new ArrayList<>();
        int at = 0;
        for (int step = 0; step < 50 * STEPS_PER_SECOND; step++) {
            bench.pass(1.0 / STEPS_PER_SECOND);
            int budget = hashes;
            for (int i = 0; i < flooders / 5; i++) {
                Stranger next = flood.get(at++ % flooders);
                next.look();
                if (next.asked == null || hashes == 0) {
                    next.knock(Optional.empty());
                } else if (budget > 0) {
                    budget -= next.work(budget);
                }
            }
            if (step % STEPS_PER_SECOND == 0 && step >= 5 * STEPS_PER_SECOND && step < 35 * STEPS_PER_SECOND) {
                Stranger one = new Stranger();
                one.knock(Optional.empty());
                honest.add(one);
            }
            for (Stranger one : honest) {
                one.look();
                one.work(50_000);
            }
            personEndsStreams();
        }
        return (int) (100 * honest.stream().filter(one -> one.admitted > 0).count() / honest.size());
    }

    @Test
    void without_a_flood_nobody_works() throws MalformedPacketException {
        Stranger one = new Stranger();
        one.knock(Optional.empty());
        one.look();
        assertThat(one.admitted).isEqualTo(1);
    }

    @Test
    void those_who_work_get_in_beside_a_hundred_who_do_not() throws MalformedPacketException {
        assertThat(honest(100, 0)).isGreaterThanOrEqualTo(90);
    }

    /// At the first effort, 500 hashes, the flood makes 40 and 400 splices a second: 4 and 40 times what is let in.
    @ParameterizedTest
    @ValueSource(ints = {2_000, 20_000})
    void those_who_flood_with_work_drive_up_its_price_until_half_of_the_honest_get_in(int hashes)
            throws MalformedPacketException {
        assertThat(honest(60, hashes)).isGreaterThanOrEqualTo(50);
    }

    @Test
    void work_is_done_once_for_one_circuit_and_one_request() throws MalformedPacketException {
        List<Stranger> flood = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            flood.add(new Stranger());
            flood.getLast().knock(Optional.empty());
            flood.getLast().look();
        }
        Stranger one = flood.get(10);
        Stranger other = flood.get(11);
        WorkAsked asked = one.asked;
        assertThat(asked).isNotNull();
        long nonce = new Work(bench.suite, asked.challenge(), asked.effort())
                .search(0, 1_000_000)
                .orElseThrow();
        Optional<WorkDone> done = Optional.of(new WorkDone(asked.effort(), nonce));
        other.knock(done);
        other.look();
        assertThat(other.admitted).isZero();
        bench.pass(0.2);
        one.knock(done);
        one.look();
        assertThat(one.admitted).isEqualTo(1);
        one.knock(done);
        bench.pass(1);
        one.look();
        assertThat(one.admitted).isEqualTo(1);
    }

    @Test
    void work_is_worth_nothing_after_some_minutes() throws MalformedPacketException {
        Stranger late = new Stranger();
        for (int i = 0; i < 12; i++) {
            late = new Stranger();
            late.knock(Optional.empty());
            late.look();
        }
        bench.pass(300);
        late.work(1_000_000);
        late.look();
        assertThat(late.admitted).isZero();
    }

    @Test
    void when_the_flood_is_over_nobody_works_any_more() throws MalformedPacketException {
        honest(100, 0);
        bench.pass(60);
        Stranger one = new Stranger();
        one.knock(Optional.empty());
        one.look();
        assertThat(one.admitted).isEqualTo(1);
    }

    @Test
    void a_gateway_that_is_half_full_wants_work_for_a_registration() throws MalformedPacketException {
        RelayBench small =
                new RelayBench(RelaySettings.defaults().withDoor(DOOR).withMaxRegistrations(64));
        for (int i = 0; i < 32; i++) {
            assertThat(register(small, i)).isEqualTo(Status.OK);
        }
        assertThat(register(small, 32)).isEqualTo(Status.WORK);
        BareClient client = small.client(CREDIT);
        byte[] mine = token(40);
        client.send(RelayMessage.onCircuit(RelayCommand.REGISTER, mine.clone()));
        WorkAsked asked = WorkAsked.read(
                client.received(RelayCommand.REGISTERED).getLast().body());
        assertThat(asked.effort()).isEqualTo(500);
        long nonce = new Work(small.suite, asked.challenge(), asked.effort())
                .search(0, 1_000_000)
                .orElseThrow();
        client.send(RelayMessage.onCircuit(RelayCommand.REGISTER, new WorkDone(asked.effort(), nonce).behind(mine)));
        assertThat(Status.of(client.received(RelayCommand.REGISTERED).getLast().body()))
                .isEqualTo(Status.OK);
        assertThat(small.relay.view().registrations()).isEqualTo(33);
    }

    private static Status register(RelayBench relay, int number) throws MalformedPacketException {
        BareClient client = relay.client(CREDIT);
        client.send(RelayMessage.onCircuit(RelayCommand.REGISTER, token(number)));
        return Status.of(client.received(RelayCommand.REGISTERED).getLast().body());
    }

    private static byte[] token(int number) {
        byte[] token = new byte[32];
        token[1] = (byte) number;
        return token;
    }
}
