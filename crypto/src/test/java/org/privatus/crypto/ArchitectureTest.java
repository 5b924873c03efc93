package org.privatus.crypto;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.crypto");

    @Test
    void the_core_is_pure() {
        PurityRules.coresArePure("org.privatus.crypto..").check(PRODUCTION);
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.crypto..", "org.privatus.crypto.keystore..")
                .check(PRODUCTION);
    }
}
