package org.privatus.dht.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.ContactList;
import org.privatus.crypto.identity.Endpoint;
import org.privatus.crypto.identity.NodeId;
import org.privatus.dht.world.Samples;
import org.privatus.testing.Seeded;

class LookupTest {
    private static final long DEADLINE = 5_000;
    private static final ContactList NOBODY = ContactList.of(List.of());

    private final Samples samples = new Samples(3);
    private final NodeId target = samples.id();

    @Test
    void at_most_alpha_are_asked_at_once_nearest_first() {
        List<Contact> seeds = sorted(10);
        Lookup lookup = lookup(seeds, 20, 3, 1);
        assertThat(askAll(lookup)).isEqualTo(seeds.subList(0, 3));
        assertThat(lookup.next(0)).isEqualTo(new Step.Wait());
        lookup.onSuccess(seeds.getFirst(), NOBODY);
        assertThat(lookup.next(0)).isEqualTo(new Step.Ask(seeds.get(3)));
    }

    @Test
    void a_stalled_request_frees_its_place_and_may_still_be_answered() {
        List<Contact> seeds = sorted(5);
        Lookup lookup = lookup(seeds, 20, 2, 1);
        askAll(lookup);
        assertThat(lookup.onStall(seeds.getFirst())).isTrue();
        assertThat(lookup.next(0)).isEqualTo(new Step.Ask(seeds.get(2)));
        assertThat(lookup.onSuccess(seeds.getFirst(), NOBODY)).isTrue();
        assertThat(lookup.closest()).containsExactly(seeds.getFirst());
    }

    @Test
    void it_ends_when_the_k_nearest_known_have_answered() {
        List<Contact> seeds = sorted(10);
        Lookup lookup = lookup(seeds, 4, 10, 1);
        assertThat(askAll(lookup)).hasSize(4);
        for (Contact seed : seeds.subList(0, 4)) {
            assertThat(lookup.next(0)).isEqualTo(new Step.Wait());
            lookup.onSuccess(seed, ContactList.of(seeds));
        }
        assertThat(lookup.next(0)).isEqualTo(new Step.Finished());
        assertThat(lookup.closest()).isEqualTo(seeds.subList(0, 4));
        assertThat(lookup.requests()).isEqualTo(4);
    }

    @Test
    void whoever_fails_is_replaced_by_the_next() {
        List<Contact> seeds = sorted(5);
        Lookup lookup = lookup(seeds, 2, 5, 1);
        askAll(lookup);
        lookup.onFailure(seeds.getFirst());
        assertThat(lookup.next(0)).isEqualTo(new Step.Ask(seeds.get(2)));
        lookup.onSuccess(seeds.get(1), NOBODY);
        lookup.onSuccess(seeds.get(2), NOBODY);
        assertThat(lookup.next(0)).isEqualTo(new Step.Finished());
        assertThat(lookup.closest()).isEqualTo(seeds.subList(1, 3));
    }

    @Test
    void a_nearer_node_is_asked_before_those_known_earlier() {
        List<Contact> contacts = sorted(10);
        Lookup lookup = lookup(contacts.subList(5, 8), 20, 1, 1);
        askAll(lookup);
        lookup.onSuccess(contacts.get(5), ContactList.of(List.of(contacts.getFirst())));
        assertThat(lookup.next(0)).isEqualTo(new Step.Ask(contacts.getFirst()));
        lookup.onSuccess(contacts.getFirst(), NOBODY);
        assertThat(lookup.depth()).isEqualTo(2);
    }

    @Test
    void useless_calls_do_nothing() {
        List<Contact> seeds = sorted(3);
        Lookup lookup = lookup(seeds, 20, 1, 1);
        assertThat(lookup.onSuccess(seeds.getFirst(), NOBODY)).as("not asked").isFalse();
        askAll(lookup);
        assertThat(lookup.onSuccess(seeds.getFirst(), NOBODY)).isTrue();
        assertThat(lookup.onSuccess(seeds.getFirst(), ContactList.of(List.of(samples.contact()))))
                .as("twice")
                .isFalse();
        assertThat(lookup.onFailure(seeds.getFirst())).as("too late").isFalse();
        assertThat(lookup.onStall(seeds.getFirst())).as("too late").isFalse();
        assertThat(lookup.onFailure(samples.contact())).as("unknown").isFalse();
    }

    @Test
    void the_deadline_ends_it_with_what_is_known() {
        List<Contact> seeds = sorted(3);
        Lookup lookup = lookup(seeds, 20, 2, 1);
        askAll(lookup);
        lookup.onSuccess(seeds.get(1), NOBODY);
        assertThat(lookup.next(DEADLINE)).isEqualTo(new Step.TimedOut());
        assertThat(lookup.closest()).containsExactly(seeds.get(1));
    }

    @Test
    void without_anybody_to_ask_it_ends_at_once() {
        assertThat(lookup(List.of(), 20, 3, 3).next(0)).isEqualTo(new Step.Finished());
    }

    @Test
    void neither_the_node_itself_nor_an_excluded_target_is_asked() {
        Contact self = samples.contact();
        Contact excluded = samples.contact();
        Contact other = samples.contact();
        var lookup =
                new Lookup(excluded.id(), self.id(), true, List.of(self, excluded, other), 20, 5, 1, false, DEADLINE);
        assertThat(askAll(lookup)).containsExactly(other);
    }

    @Test
    void a_wrong_endpoint_does_not_hide_the_right_one_and_none_is_tried_twice() {
        Contact right = samples.contact();
        Contact wrong = right.at(Endpoint.parse("9.9.9.9:9"));
        Contact teller = samples.contact();
        Lookup lookup = lookup(List.of(wrong, teller), 20, 5, 1);
        askAll(lookup);
        lookup.onFailure(right);
        assertThat(lookup.next(0)).isEqualTo(new Step.Wait());
        lookup.onSuccess(teller, ContactList.of(List.of(right, wrong)));
        assertThat(askAll(lookup)).containsExactly(right);
        lookup.onFailure(right);
        assertThat(lookup.next(0)).isEqualTo(new Step.Finished());
    }

    @Test
    void of_many_the_farthest_are_forgotten_however_often_they_are_mentioned() {
        List<Contact> contacts = sorted(120);
        Contact first = contacts.get(110);
        Contact farthest = contacts.get(119);
        Lookup lookup = lookup(List.of(first), 4, 1, 1);
        askAll(lookup);
        lookup.onSuccess(first, ContactList.of(contacts.subList(80, 120)));
        lookup.onSuccess(askAll(lookup).getFirst(), ContactList.of(List.of(farthest, contacts.getFirst())));
        int asked = 2;
        while (lookup.next(0) instanceof Step.Ask(var contact)) {
            assertThat(contact).isNotEqualTo(farthest);
            lookup.onFailure(contact);
            asked++;
        }
        assertThat(asked).isEqualTo(32);
        assertThat(lookup.closest()).containsExactly(contacts.get(80), first);
    }

    @Test
    void when_nobody_nearer_appears_the_last_ones_are_asked_together() {
        List<Contact> seeds = sorted(20);
        var lookup = new Lookup(target, samples.id(), false, seeds, 20, 3, 1, true, DEADLINE);
        assertThat(askAll(lookup)).hasSize(3);
        for (Contact seed : seeds.subList(0, 3)) {
            lookup.onSuccess(seed, ContactList.of(seeds));
        }
        assertThat(askAll(lookup)).hasSize(17);
    }

    @Test
    void a_liar_on_one_path_leads_only_that_path_astray() {
        List<Contact> honest = sorted(40);
        List<Contact> seeds = honest.subList(20, 26);
        NodeId liar = seeds.getFirst().id();
        var invented = new ArrayList<Contact>();
        Lookup lookup = lookup(seeds, 20, 6, 3);
        var asked = new TreeSet<NodeId>();
        while (lookup.next(0) instanceof Step.Ask(var contact)) {
            asked.add(contact.id());
            boolean lies = contact.id().equals(liar) || invented.contains(contact);
            if (lies) {
                Contact nearer = nearerThan(invented.isEmpty() ? honest.getFirst() : invented.getLast());
                invented.add(nearer);
            }
            lookup.onSuccess(contact, ContactList.of(lies ? List.of(invented.getLast()) : honest));
            if (invented.size() > 30) {
                break;
            }
        }
        assertThat(asked)
                .containsAll(honest.subList(0, 5).stream().map(Contact::id).toList());
    }

    @Seeded(100)
    void nobody_is_asked_twice_and_it_always_ends(long seed) {
        var drawn = new Samples(seed);
        NodeId sought = drawn.id();
        var world = new ArrayList<Contact>();
        for (int i = 0; i < 100; i++) {
            world.add(drawn.contact());
        }
        int paths = 1 + drawn.random().nextInt(4);
        var lookup = new Lookup(
                sought,
                drawn.id(),
                false,
                world.subList(0, 10),
                8,
                4,
                paths,
                drawn.random().nextBoolean(),
                DEADLINE);
        var open = new ArrayList<Contact>();
        var asked = new TreeSet<NodeId>();
        while (true) {
            Step step = lookup.next(0);
            if (step instanceof Step.Ask(var contact)) {
                assertThat(asked.add(contact.id())).isTrue();
                open.add(contact);
                continue;
            }
            if (step instanceof Step.Finished) {
                break;
            }
            assertThat(open).isNotEmpty();
            settle(lookup, open.remove(drawn.random().nextInt(open.size())), world, drawn);
        }
        assertThat(lookup.requests()).isEqualTo(asked.size());
    }

    private static void settle(Lookup lookup, Contact contact, List<Contact> world, Samples drawn) {
        switch (drawn.random().nextInt(4)) {
            case 0 -> lookup.onFailure(contact);
            case 1 -> {
                lookup.onStall(contact);
                lookup.onSuccess(contact, ContactList.of(world.subList(0, 5)));
            }
            default -> {
                int from = drawn.random().nextInt(80);
                lookup.onSuccess(contact, ContactList.of(world.subList(from, from + 20)));
            }
        }
    }

    private Contact nearerThan(Contact than) {
        Contact contact = samples.contact();
        int tries = 0;
        while (target.compareDistance(contact.id(), than.id()) > 0 && tries++ < 2_000) {
            contact = samples.contact();
        }
        return contact;
    }

    private List<Contact> sorted(int count) {
        var contacts = new ArrayList<Contact>();
        for (int i = 0; i < count; i++) {
            contacts.add(samples.contact());
        }
        Comparator<Contact> byDistance = (a, b) -> target.compareDistance(a.id(), b.id());
        contacts.sort(byDistance);
        return contacts;
    }

    private Lookup lookup(List<Contact> seeds, int results, int parallelism, int paths) {
        return new Lookup(target, samples.id(), false, seeds, results, parallelism, paths, false, DEADLINE);
    }

    private static List<Contact> askAll(Lookup lookup) {
        var asked = new ArrayList<Contact>();
        while (lookup.next(0) instanceof Step.Ask(var contact)) {
            asked.add(contact);
        }
        return asked;
    }
}
