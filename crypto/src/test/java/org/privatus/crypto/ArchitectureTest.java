package org.privatus.crypto;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.crypto");

    /// The key store is the one package that touches files.
    @Test
    void the_core_is_pure() {
        PurityRules.coresArePure("org.privatus.crypto..")
                .check(PRODUCTION.that(not(resideInAPackage("org.privatus.crypto.keystore.."))));
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.crypto..", "org.privatus.crypto.keystore..")
                .check(PRODUCTION);
    }
}
