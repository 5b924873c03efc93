package org.privatus.simulation.suite;

import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;

class StandardSuiteTest extends CryptoSuiteContract {
    @Override
    CryptoSuite suite() {
        return new StandardSuite();
    }
}
