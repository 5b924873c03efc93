package org.privatus.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.dht.DhtSettings;
import org.privatus.node.link.core.LinkSettings;
import org.privatus.node.messaging.core.MessagingSettings;
import org.privatus.node.terminal.ExitCodes;
import org.privatus.node.terminal.UserError;
import org.privatus.onion.OnionSettings;
import org.privatus.onion.RelaySettings;

class SettingsLoaderTest {
    @TempDir
    private Path temporary;

    private static NodeSettings with(String... assignments) {
        return SettingsLoader.load(new SettingsSources(
                Optional.of(Profile.PROD), Optional.empty(), Optional.empty(), List.of(assignments)));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void every_profile_loads(Profile profile) {
        NodeSettings settings = SettingsLoader.load(SettingsSources.defaults(profile));
        assertThat(settings.profile()).isEqualTo(profile);
        assertThat(settings.process().person()).isEqualTo(profile != Profile.RELAY);
    }

    @Test
    void the_files_defaults_are_those_of_the_records() {
        assertThat(with().dht()).isEqualTo(DhtSettings.defaults());
        assertThat(with().link()).isEqualTo(LinkSettings.defaults());
        assertThat(with().onion()).isEqualTo(OnionSettings.defaults());
        assertThat(with().relay()).isEqualTo(RelaySettings.defaults());
        assertThat(with().messaging()).isEqualTo(MessagingSettings.defaults());
    }

    @Test
    void the_profile_follows_the_network() {
        NodeSettings settings = SettingsLoader.load(
                new SettingsSources(Optional.empty(), Optional.of(NetworkId.DEV), Optional.empty(), List.of()));
        assertThat(settings.profile()).isEqualTo(Profile.DEV);
        assertThat(settings.process().network()).isEqualTo(NetworkId.DEV);
        assertThat(settings.dht().table().localAddresses()).isTrue();
        assertThat(settings.onion().laboratory()).isTrue();
        assertThat(settings.relay().laboratory()).isTrue();
        assertThat(with().process().network()).isEqualTo(NetworkId.MAIN);
        assertThat(with().dht().table().localAddresses()).isFalse();
    }

    @Test
    void an_assignment_beats_the_file_which_beats_the_profile() throws IOException {
        Path file = Files.writeString(
                temporary.resolve("privatus.conf"),
                "privatus.node { socket-buffer = 3 MiB, stop-patience = 1s, profile = relay }");
        NodeSettings settings = SettingsLoader.load(new SettingsSources(
                Optional.empty(),
                Optional.empty(),
                Optional.of(file),
                List.of("privatus.node.stop-patience=2s", "privatus.node.listen=127.0.0.1:7500")));
        assertThat(settings.profile()).isEqualTo(Profile.RELAY);
        assertThat(settings.process().socketBufferBytes()).isEqualTo(3 << 20);
        assertThat(settings.process().stopPatience()).hasSeconds(2);
        assertThat(settings.process().listen()).isEqualTo("127.0.0.1:7500");
        assertThat(settings.process().person()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "privatus.dht.lookup.parallelism=99      | privatus.dht.lookup.parallelism is 99; allowed: 2 to 10",
                "privatus.node.listen=nowhere            | privatus.node.listen is 'nowhere'; allowed: ADDRESS:PORT",
                "privatus.node.socket-buffer=1           | privatus.node.socket-buffer is 1; allowed: 65536 to",
                "privatus.node.transport=tcp             | privatus.node.transport is 'tcp'; allowed: auto or nio",
                "privatus.node.relay=maybe               | privatus.node.relay is \"maybe\"; allowed: true or false",
                "privatus.node.stop-patience=soon        | privatus.node.stop-patience is \"soon\"; allowed: a length",
                "privatus.node.socket-buffer=big         | privatus.node.socket-buffer is \"big\"; allowed: a size",
                "privatus.node.network=nowhere           | privatus.node.network is \"nowhere\"; allowed: main, dev",
                "privatus.node.consle.port=1             | did you mean privatus.node.console.port?",
                "privatus.nonsense.of.any.kind=1         | there is no setting privatus.nonsense.of.any.kind",
                "akka.loglevel=1                         | there is no setting akka.loglevel",
                "privatus.node.console.port=0            | privatus.node.console.port is 0; allowed: 1 to 65535",
                "privatus.node.console.alerts.cpu-above=2| cpu-above is 2.0; allowed: 0 to 1",
                "privatus.node.link.idle-timeout=1ms     | privatus.node.link.idle-timeout = 1 ms is not in 1.0 s to",
                "privatus.node.messaging.idle=2h         | privatus.node.messaging.idle is 2 h 0 m, allowed is 1.0 s",
                "privatus.node.messaging.max-text=1MiB   | privatus.node.messaging.max-text is 1048576, allowed is",
                "privatus.onion.threat-level=5           | threat-level is 5; allowed: low, medium, high or extreme",
                "privatus.onion.hops=4                   | there is no setting privatus.onion.hops",
                "privatus.onion.lifetime=1s              | privatus.onion.lifetime",
                "privatus.onion.relay.max-circuits=1     | privatus.onion.relay.max-circuits",
                "novalue                                 | --set novalue is no setting"
            })
    void a_bad_value_names_its_key_and_what_is_allowed(String assignment, String message) {
        assertThatThrownBy(() -> with(assignment.strip()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message.strip())
                .satisfies(
                        failure -> assertThat(((UserError) failure).exitCode()).isEqualTo(ExitCodes.USAGE))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
    }

    @Test
    void the_threat_level_decides_the_hops() {
        assertThat(with("privatus.onion.threat-level=extreme").onion().hops()).isEqualTo(6);
    }

    @Test
    void a_bad_profile_in_the_file_lists_the_good_ones() throws IOException {
        Path file = Files.writeString(temporary.resolve("privatus.conf"), "privatus.node.profile = fast");
        assertThatThrownBy(() -> SettingsLoader.load(
                        new SettingsSources(Optional.empty(), Optional.empty(), Optional.of(file), List.of())))
                .hasMessageContaining("dev, prod, relay, simulation");
    }

    @Test
    void a_broken_file_names_its_line() throws IOException {
        Path file = Files.writeString(temporary.resolve("privatus.conf"), "privatus {\n  node {");
        assertThatThrownBy(() -> SettingsLoader.load(
                        new SettingsSources(Optional.empty(), Optional.empty(), Optional.of(file), List.of())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("privatus.conf");
    }

    @Test
    void a_setting_cannot_move_a_node_to_another_network() {
        assertThatThrownBy(() -> SettingsLoader.load(new SettingsSources(
                        Optional.empty(),
                        Optional.of(NetworkId.DEV),
                        Optional.empty(),
                        List.of("privatus.node.network=main"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("privatus.node.network");
    }

    @Test
    void pekko_gets_dispatchers_within_the_bounds() {
        ProcessSettings process = with("privatus.node.crypto-workers=3").process();
        Config pekko = SettingsLoader.pekko(process);
        assertThat(pekko.getInt("privatus.crypto-dispatcher.thread-pool-executor.fixed-pool-size"))
                .isEqualTo(3);
        assertThat(pekko.getInt("pekko.actor.default-dispatcher.fork-join-executor.parallelism-max"))
                .isEqualTo(32);
        assertThat(pekko.getBoolean("pekko.jvm-shutdown-hooks")).isFalse();
    }
}
