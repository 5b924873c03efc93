package org.privatus.onion;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.onion");

    @Test
    void the_core_is_pure() {
        PurityRules.coresArePure("org.privatus.onion..").check(PRODUCTION);
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.onion..").check(PRODUCTION);
    }
}
