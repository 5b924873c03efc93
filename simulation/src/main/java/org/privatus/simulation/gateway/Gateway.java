package org.privatus.simulation.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.node.host.BindFailedException;
import org.privatus.node.settings.NodeSettings;
import org.privatus.node.settings.Profile;
import org.privatus.node.settings.SettingsLoader;
import org.privatus.node.settings.SettingsSources;
import org.privatus.node.terminal.UserError;
import org.privatus.simulation.network.Addresses;
import org.privatus.simulation.network.NatKind;
import org.privatus.simulation.network.NetworkModel;
import org.privatus.simulation.scenario.Scenario;
import org.privatus.simulation.world.Identities;
import org.privatus.simulation.world.World;
import org.privatus.simulation.world.WorldSettings;

/// A simulated network with its doors open. Belongs to the thread that makes it, which is the loop's.
final class Gateway implements AutoCloseable {
    private final Scenario scenario;
    private final WallClock clock = new WallClock();
    private final Inbox inbox = new Inbox();
    private final Doors doors;
    private final World world;
    private final Inhabitants inhabitants;
    private final Guests guests;
    private final PacedLoop paced;
    private final JoinDesk desk;
    private long answered;

    /// Opens all sockets and makes the world; no node has started yet.
    ///
    /// @param joined is told of each real node
    Gateway(GatewayOptions options, Consumer<Endpoint> joined) throws IOException {
        this.scenario = options.scenario();
        int numbers = scenario.nodes() + Guests.PLACES;
        this.doors = Doors.open(options.at(), numbers, inbox, clock);
        requireAddresses(options.nat());
        var places = new Guests.Places(doors.plan(), scenario.nodes());
        this.world = new World(settings(numbers, places, options.nat()));
        this.inhabitants = new Inhabitants(
                world,
                nodeSettings(scenario),
                scenario.nodes(),
                scenario.people().count());
        this.guests = new Guests(world.loop(), world.network(), places, this::leave, joined);
        this.paced = new PacedLoop(world.loop(), clock, inbox, guests::arrived);
        String join = inhabitants.joinAddress();
        this.desk = JoinDesk.open(doors.desk(), () -> join);
    }

    /// A box has ports of its own, which must not be those of other nodes.
    private void requireAddresses(NatKind nat) {
        if (!nat.isOpen() && !doors.plan().perNode()) {
            doors.close();
            throw UserError.usage("--gateway-nat needs more addresses on loopback than this system has");
        }
    }

    private WorldSettings settings(int numbers, Addresses places, NatKind nat) {
        NetworkModel model = scenario.network().model(scenario.seed());
        return WorldSettings.of(numbers, scenario.seed(), new StandardSuite())
                .withNetwork(model.withNat(model.nat().withGuests(scenario.nodes(), nat))
                        .withAddresses(places))
                .withEpochMillis(clock.startMillis());
    }

    private static NodeSettings nodeSettings(Scenario scenario) {
        return SettingsLoader.load(new SettingsSources(
                Optional.of(Profile.SIMULATION),
                Optional.of(Identities.NETWORK),
                Optional.empty(),
                scenario.settings()));
    }

    /// Starts the nodes and goes on until `over`.
    ///
    /// @param eachSecond is called on this thread once per second
    void run(BooleanSupplier over, Runnable eachSecond) throws InterruptedException {
        world.loop().runUntil(clock.getAsLong());
        List<Integer> people = inhabitants.withPerson();
        for (int node = 0; node < scenario.nodes(); node++) {
            int number = node;
            Duration when = scenario.startsApart().multipliedBy(node);
            world.after(when, () -> start(number, people.contains(number)));
        }
        paced.run(over, eachSecond);
    }

    private void start(int node, boolean withPerson) {
        var guardian = inhabitants.start(node);
        if (withPerson) {
            var person = new Answering(world, node, guardian, () -> answered++);
            world.loop().runAs(node, person::begin);
        }
    }

    /// A NAT box may have opened a port that nobody had seen before.
    private void leave(Endpoint from, Endpoint to, byte[] datagram) {
        if (!doors.sockets().isOpen(from)) {
            try {
                doors.sockets().open(from);
            } catch (BindFailedException e) {
                // counted as unsent below
            }
        }
        doors.sockets().send(from, to, datagram);
    }

    Endpoint at() {
        return doors.plan().gateway();
    }

    /// How long it has been open.
    long wallNanos() {
        return clock.getAsLong();
    }

    Inhabitants inhabitants() {
        return inhabitants;
    }

    GatewayStatistics statistics() {
        return new GatewayStatistics(
                clock.getAsLong(),
                world.loop().eventCount(),
                guests.present(),
                guests.everJoined(),
                doors.sockets().received(),
                doors.sockets().sent(),
                inbox.dropped() + doors.sockets().tooLong() + guests.refused(),
                doors.sockets().unsent(),
                answered,
                paced.lag().worst());
    }

    Lag lag() {
        return paced.lag();
    }

    List<String> crashes() {
        return inhabitants.crashes();
    }

    /// Ends the nodes and closes the doors.
    @Override
    public void close() {
        desk.close();
        world.close();
        doors.close();
    }
}
