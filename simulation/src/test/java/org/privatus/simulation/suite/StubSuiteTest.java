package org.privatus.simulation.suite;

import org.privatus.crypto.suite.CryptoSuite;

class StubSuiteTest extends CryptoSuiteContract {
    @Override
    CryptoSuite suite() {
        return new StubSuite();
    }
}
