package org.privatus.node;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.privatus.architecture.PurityRules;

class ArchitectureTest {
    private static final JavaClasses PRODUCTION = PurityRules.production("org.privatus.node");

    @Test
    void the_cores_are_pure() {
        PurityRules.coresArePure("org.privatus.node.link.core..", "org.privatus.node.messaging.core..")
                .check(PRODUCTION);
    }

    @Test
    void collections_are_ordered() {
        PurityRules.collectionsAreOrdered(
                        "org.privatus.node..",
                        "org.privatus.node.cli..",
                        "org.privatus.node.control..",
                        "org.privatus.node.console..",
                        "org.privatus.node.settings..")
                .check(PRODUCTION);
    }

    @Test
    void asks_stay_on_the_dispatcher() {
        PurityRules.asksStayOnTheDispatcher("org.privatus.node..").check(PRODUCTION);
    }
}
