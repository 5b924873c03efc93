package org.privatus.onion.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.privatus.testing.CodecChecks;

class ChannelCellTest {
    private static boolean accepts(byte[] cell) {
        return CodecChecks.accepts(cell, bytes -> {
            ChannelCell.count(bytes);
            ChannelCell.check(bytes, 0);
            return bytes;
        });
    }

    @Test
    void only_known_commands_and_zeros_where_they_belong_are_accepted() {
        for (int command = 0; command < 256; command++) {
            boolean known = command == 3 || command == 4 || command == 9 || command == 10 || command == 11;
            assertThat(accepts(ChannelCell.allocate(command)))
                    .as("command %d", command)
                    .isEqualTo(known);
        }
        byte[] cell = ChannelCell.allocate(ChannelCell.RELAY);
        cell[2] = 1;
        assertThat(accepts(cell)).isFalse();
    }

    @Test
    void only_whole_cells_are_a_run() {
        CodecChecks.refusesEveryTruncation(ChannelCell.allocate(ChannelCell.RELAY), bytes -> {
            ChannelCell.count(bytes);
            ChannelCell.check(bytes, 0);
            return bytes;
        });
        byte[] longer = new byte[513];
        longer[0] = ChannelCell.RELAY;
        assertThat(accepts(longer)).isFalse();
    }

    @Test
    void reasons_survive_the_journey() {
        for (DestroyReason reason : DestroyReason.values()) {
            assertThat(DestroyReason.of(ChannelCell.destroy(reason), 0)).isEqualTo(reason);
        }
    }
}
