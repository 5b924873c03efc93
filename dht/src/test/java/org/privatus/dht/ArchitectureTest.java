package org.privatus.dht;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.dht");

    @Test
    void the_core_is_pure() {
        PurityRules.coresArePure("org.privatus.dht..").check(PRODUCTION);
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.dht..").check(PRODUCTION);
    }
}
