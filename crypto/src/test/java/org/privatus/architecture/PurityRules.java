package org.privatus.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/// What keeps a run repeatable. A protocol core is told the time and given its randomness and does nothing but compute;
/// and nothing that a core or an actor iterates is ordered by hashes.
///
/// Scopes are packages as ArchUnit writes them: `org.privatus.dht..` is the package and all below it. A rule with
/// nothing in its scope holds.
public final class PurityRules {
    private static final List<String> CLOCKS = List.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Clock.system*",
            "java.time.Clock.tick*",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.LocalTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.Date.<init>()");

    private static final List<String> AMBIENT_RANDOMNESS = List.of(
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.security.SecureRandom.<init>",
            "java.security.SecureRandom.getInstance*",
            "java.util.Collections.shuffle(java.util.List)",
            "java.util.SplittableRandom.<init>()",
            "java.util.UUID.randomUUID",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    // Math.sqrt, fma, abs and the like are exact everywhere; these may differ in the last bit between CPUs.
    private static final List<String> INEXACT_MATHS = List.of(
            "java.lang.Math.acos",
            "java.lang.Math.asin",
            "java.lang.Math.atan*",
            "java.lang.Math.cbrt",
            "java.lang.Math.cos*",
            "java.lang.Math.exp*",
            "java.lang.Math.hypot",
            "java.lang.Math.log*",
            "java.lang.Math.pow",
            "java.lang.Math.sin*",
            "java.lang.Math.tan*");

    private static final List<String> SURROUNDINGS = List.of(
            "java.lang.System.err",
            "java.lang.System.getLogger",
            "java.lang.System.out",
            "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getByName",
            "java.net.InetAddress.getLocalHost",
            "java.net.InetSocketAddress.<init>(java.lang.String, int)");

    private static final List<String> HASH_ORDERED = List.of(
            "java.util.Map.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Set.copyOf",
            "java.util.Set.of",
            "java.util.stream.Collectors.groupingBy(java.util.function.Function)",
            "java.util.stream.Collectors.groupingBy(java.util.function.Function, java.util.stream.Collector)",
            "java.util.stream.Collectors.toMap(java.util.function.Function, java.util.function.Function)",
            "java.util.stream.Collectors.toMap(java.util.function.Function, java.util.function.Function,"
                    + " java.util.function.BinaryOperator)",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiable*");

    private static final List<String> ASKS = List.of(
            "org.apache.pekko.actor.typed.javadsl.ActorContext.ask*",
            "org.apache.pekko.actor.typed.javadsl.AskPattern.*");

    private PurityRules() {}

    /// The compiled production classes of the module under test below `basePackage`.
    public static JavaClasses production(String basePackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(basePackage);
    }

    /// No clock, thread, executor, socket, logger, ambient randomness or arithmetic that differs between CPUs; and none
    /// of the libraries that actors, transports and stores are built on.
    public static ArchRule coresArePure(String... packages) {
        var core = resideInAnyPackage(packages);
        return CompositeArchRule.of(neverAccess(core, CLOCKS, "a core is told the time"))
                .and(neverAccess(core, AMBIENT_RANDOMNESS, "a core is given its randomness"))
                .and(neverAccess(core, INEXACT_MATHS, "results must not differ between CPUs: use StrictMath"))
                .and(neverAccess(core, SURROUNDINGS, "a core neither prints nor resolves names"))
                .and(noClasses()
                        .that(core)
                        .should()
                        .dependOnClassesThat(
                                describe("run, wait, send, log or draw by themselves", PurityRules::isImpure))
                        .because("a core only computes: effects go to the sink it is passed")
                        .allowEmptyShould(true));
    }

    /// No `HashMap`, `HashSet` or immutable set or map of the JDK, whose order may change from run to run; ordered or
    /// primitive collections instead. Nobody can check what iterates them, so it does not matter whether anything does.
    ///
    /// @param exempt packages that no simulated run depends on
    public static ArchRule collectionsAreOrdered(String scope, String... exempt) {
        var bound = resideInAnyPackage(scope).and(not(resideInAnyPackage(exempt)));
        String reason = "its iteration order is not the same in every run";
        return CompositeArchRule.of(neverAccess(bound, HASH_ORDERED, reason))
                .and(noClasses()
                        .that(bound)
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Hashtable)")
                        .because(reason)
                        .allowEmptyShould(true));
    }

    /// No ask of Pekko's Java API: its reply takes a detour over the common pool, which the simulator does not schedule.
    /// The Scala API's (`context.asScala().ask`) stays on the actor's dispatcher.
    public static ArchRule asksStayOnTheDispatcher(String... packages) {
        return neverAccess(resideInAnyPackage(packages), ASKS, "the reply would leave the actor's dispatcher");
    }

    private static boolean isImpure(JavaClass type) {
        return switch (type.getName()) {
            case "java.lang.Thread",
                    "java.lang.Thread$Builder",
                    "java.lang.System$Logger",
                    "java.util.Random",
                    "java.util.Timer",
                    "java.util.concurrent.Executors",
                    "java.util.concurrent.ThreadLocalRandom" -> true;
            default ->
                assignableTo(Executor.class)
                                .or(assignableTo(Future.class))
                                .or(resideInAnyPackage(
                                        "java.nio.channels..",
                                        "java.sql..",
                                        "java.util.logging..",
                                        "io.aeron..",
                                        "io.netty..",
                                        "org.apache.pekko..",
                                        "org.slf4j..",
                                        "scala.."))
                                .test(type)
                        || (type.getPackageName().equals("java.net")
                                && type.getSimpleName().endsWith("Socket"));
        };
    }

    private static ArchRule neverAccess(DescribedPredicate<JavaClass> scope, List<String> patterns, String reason) {
        return noClasses()
                .that(scope)
                .should()
                .accessTargetWhere(describe(
                        "target is one of " + patterns,
                        (JavaAccess<?> access) ->
                                patterns.stream().anyMatch(pattern -> matches(pattern, access.getTarget()))))
                .because(reason)
                .allowEmptyShould(true);
    }

    /// `Owner.name` is all overloads, `Owner.name(parameters)` one of them, `Owner.prefix*` all members that begin so.
    private static boolean matches(String pattern, AccessTarget target) {
        String member = target.getOwner().getFullName() + "." + target.getName();
        if (pattern.endsWith("*")) {
            return member.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.equals(pattern.contains("(") ? target.getFullName() : member);
    }
}
