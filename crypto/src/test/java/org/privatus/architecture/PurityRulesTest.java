package org.privatus.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules themselves: what they must catch and what they must let pass.
class PurityRulesTest {
    private static final String HERE = "org.privatus.architecture..";

    @ParameterizedTest
    @ValueSource(
            classes = {
                ReadsAClock.class,
                RefersToAClock.class,
                DrawsAnId.class,
                MakesItsOwnRandomness.class,
                UsesPlainRandom.class,
                RunsAThread.class,
                Waits.class,
                UsesInexactMaths.class,
                Prints.class
            })
    void a_core_that_is_not_pure_is_found(Class<?> impure) {
        assertViolated(PurityRules.coresArePure(HERE), impure);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                KeepsAHashMap.class,
                RefersToAHashMap.class,
                CopiesAMap.class,
                CollectsToASet.class,
                GroupsByHash.class
            })
    void a_collection_without_an_order_is_found(Class<?> unordered) {
        assertViolated(PurityRules.collectionsAreOrdered(HERE), unordered);
        PurityRules.collectionsAreOrdered(HERE, HERE).check(new ClassFileImporter().importClasses(unordered));
    }

    @Test
    void what_a_core_is_given_it_may_use() {
        var pure = new ClassFileImporter().importClasses(Pure.class);
        PurityRules.coresArePure(HERE).check(pure);
        PurityRules.collectionsAreOrdered(HERE).check(pure);
    }

    @Test
    void a_rule_with_nothing_in_its_scope_holds() {
        var other = new ClassFileImporter().importClasses(ReadsAClock.class);
        PurityRules.coresArePure("org.privatus.nowhere..").check(other);
        PurityRules.collectionsAreOrdered("org.privatus.nowhere..").check(other);
        PurityRules.asksStayOnTheDispatcher("org.privatus.nowhere..").check(other);
    }

    private static void assertViolated(ArchRule rule, Class<?> offender) {
        var classes = new ClassFileImporter().importClasses(offender);
        assertThat(classes).isNotEmpty();
        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(offender.getSimpleName());
    }

    static final class Pure {
        final TreeMap<Integer, String> ordered = new TreeMap<>();
        final LinkedHashMap<Integer, String> linked = new LinkedHashMap<>();

        double next(RandomGenerator random, SecureRandom secure, long nowNanos) {
            secure.nextBytes(new byte[4]);
            linked.put(1, List.of("a").getFirst());
            return Math.sqrt(random.nextDouble()) + StrictMath.log((double) nowNanos) + secure.nextInt();
        }
    }

    static final class ReadsAClock {
        Instant now() {
            return Instant.now();
        }
    }

    static final class RefersToAClock {
        final LongSupplier clock = System::nanoTime;
    }

    static final class DrawsAnId {
        UUID id() {
            return UUID.randomUUID();
        }
    }

    static final class MakesItsOwnRandomness {
        final SecureRandom random = new SecureRandom();
    }

    static final class UsesPlainRandom {
        final Random random = new Random(1);
    }

    static final class RunsAThread {
        void run(Runnable work) {
            Thread.ofVirtual().start(work);
        }
    }

    static final class Waits {
        final CompletableFuture<String> reply = new CompletableFuture<>();
    }

    static final class UsesInexactMaths {
        double cube(double x) {
            return Math.pow(x, 3);
        }
    }

    static final class Prints {
        void print() {
            System.out.println();
        }
    }

    static final class KeepsAHashMap {
        final Map<String, String> map = new HashMap<>();
    }

    static final class RefersToAHashMap {
        final Supplier<Map<String, String>> maker = HashMap::new;
    }

    static final class CopiesAMap {
        Map<String, String> copy(Map<String, String> map) {
            return Map.copyOf(map);
        }
    }

    static final class CollectsToASet {
        Set<String> set(List<String> list) {
            return list.stream().collect(Collectors.toUnmodifiableSet());
        }
    }

    static final class GroupsByHash {
        Map<Integer, List<String>> byLength(List<String> list) {
            return list.stream().collect(Collectors.groupingBy(String::length));
        }
    }
}
