package org.privatus.nat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.nat");

    @Test
    void the_core_is_pure() {
        PurityRules.coresArePure("org.privatus.nat..").check(PRODUCTION);
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.nat..").check(PRODUCTION);
    }
}
