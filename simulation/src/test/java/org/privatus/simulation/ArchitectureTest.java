package org.privatus.simulation;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.simulation");

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered("org.privatus.simulation..").check(PRODUCTION);
    }

    @Test
    void asks_stay_on_the_dispatcher() {
        PurityRules.asksStayOnTheDispatcher("org.privatus.simulation..").check(PRODUCTION);
    }
}
