package org.privatus.onion.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.suite.RandomFill;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.wire.MalformedPacketException;
import org.privatus.testing.Seeded;
import org.privatus.testing.Vectors;

class RelayMessageTest {
    private static final String FILE = "cgo/relay_msg_v1.json";
    private final RandomFill fill = new RandomFill(new StandardSuite(), new SecureRandom());

    private static byte[] cell(byte[] prefix) {
        byte[] cell = ChannelCell.allocate(ChannelCell.RELAY);
        System.arraycopy(prefix, 0, cell, ChannelCell.BODY_OFFSET, prefix.length);
        return cell;
    }

    private static RelayMessage message(JsonNode vector) {
        int command = vector.required("command").asInt();
        byte[] body = Vectors.bytes(vector, "body");
        JsonNode stream = vector.required("stream_id");
        return stream.isNull()
                ? RelayMessage.onCircuit(command, body)
                : RelayMessage.onStream(command, stream.asInt(), body);
    }

    @Test
    void layout_of_proposal_340_is_written_as_in_the_vectors() {
        Vectors.stream(Vectors.read(FILE).required("encode_decode")).forEach(vector -> {
            byte[] prefix = Vectors.bytes(vector, "cell_prefix");
            byte[] cell = ChannelCell.allocate(ChannelCell.RELAY);
            message(vector).write(cell, 0, fill);
            assertThat(Arrays.copyOfRange(cell, ChannelCell.BODY_OFFSET, ChannelCell.BODY_OFFSET + prefix.length))
                    .isEqualTo(prefix);
        });
    }

    @Test
    void layout_of_proposal_340_is_read_as_in_the_vectors() throws MalformedPacketException {
        for (JsonNode vector : Vectors.read(FILE).required("encode_decode")) {
            RelayMessage message = RelayMessage.read(cell(Vectors.bytes(vector, "cell_prefix")), 0);
            assertThat(message.command()).isEqualTo(vector.required("command").asInt());
            assertThat(message.stream()).isEqualTo(vector.required("stream_id").asInt(0));
            assertThat(message.body()).isEqualTo(Vectors.bytes(vector, "body"));
        }
        for (JsonNode vector : Vectors.read(FILE).required("must_accept")) {
            RelayMessage message = RelayMessage.read(cell(Vectors.bytes(vector, "cell_prefix")), 0);
            assertThat(message.body()).hasSize(vector.required("length").asInt());
        }
    }

    @Test
    void what_the_vectors_reject_is_rejected() {
        for (JsonNode vector : Vectors.read(FILE).required("must_reject")) {
            assertThatThrownBy(() -> RelayMessage.read(cell(Vectors.bytes(vector, "cell_prefix")), 0))
                    .as(vector.required("reason").asText())
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void own_commands_come_back_as_they_went() throws MalformedPacketException {
        for (int command = RelayCommand.EXTEND; command <= RelayCommand.END_SENDING; command++) {
            boolean onStream = RelayCommand.streamUse(command) == RelayCommand.StreamUse.ON_STREAM;
            RelayMessage message = onStream
                    ? RelayMessage.onStream(command, 77, new byte[488])
                    : RelayMessage.onCircuit(command, new byte[490]);
            RelayMessage read = RelayMessage.read(ChannelCell.of(ChannelCell.RELAY, message, fill), 0);
            assertThat(read.command()).isEqualTo(command);
            assertThat(read.stream()).isEqualTo(onStream ? 77 : 0);
            assertThat(read.body()).hasSize(onStream ? 488 : 490);
        }
    }

    @Test
    void a_message_is_read_and_written_anywhere_in_a_run() throws MalformedPacketException {
        byte[] run = new byte[3 * ChannelCell.LENGTH];
        byte[] body = {1, 2, 3};
        RelayMessage.onStream(RelayCommand.DATA, 9, body).write(run, ChannelCell.LENGTH, fill);
        assertThat(Arrays.copyOf(run, ChannelCell.LENGTH)).containsOnly(0);
        assertThat(Arrays.copyOfRange(run, 2 * ChannelCell.LENGTH, run.length)).containsOnly(0);
        assertThat(RelayMessage.command(run, ChannelCell.LENGTH)).isEqualTo(RelayCommand.DATA);
        RelayMessage read = RelayMessage.read(run, ChannelCell.LENGTH);
        assertThat(read.stream()).isEqualTo(9);
        assertThat(read.body()).isEqualTo(body);
        byte[] copy = new byte[5];
        read.copyBody(copy, 1);
        assertThat(copy).containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void messages_that_do_not_fit_are_our_bug() {
        assertThatThrownBy(() -> RelayMessage.onCircuit(RelayCommand.ECHO, new byte[491]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RelayMessage.onStream(RelayCommand.DATA, 1, new byte[489]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RelayMessage.onStream(RelayCommand.DATA, 0, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RelayMessage.onStream(RelayCommand.ECHO, 1, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Seeded
    void noise_is_read_or_refused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] cell = new byte[ChannelCell.LENGTH];
        for (int i = 0; i < 1_000; i++) {
            random.nextBytes(cell);
            try {
                RelayMessage read = RelayMessage.read(cell, 0);
                assertThat(read.body().length).isLessThanOrEqualTo(RelayMessage.MAX_CIRCUIT_BODY);
            } catch (MalformedPacketException e) {
                assertThat(e.reason()).isNotNull();
            }
        }
    }
}
