package org.privatus.onion.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.privatus.crypto.suite.CryptoSuite;
import org.privatus.crypto.suite.StandardSuite;
import org.privatus.crypto.suite.Uiv;

/// The real primitives, and how many ciphers of cells were made and not erased.
final class CountedKeys {
    private final CryptoSuite real = new StandardSuite();
    private int living;

    int living() {
        return living;
    }

    CryptoSuite suite() {
        return (CryptoSuite) Proxy.newProxyInstance(
                CountedKeys.class.getClassLoader(), new Class<?>[] {CryptoSuite.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Uiv uiv ? new Counted(uiv) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Counted implements Uiv {
        private final Uiv uiv;
        private boolean erased;

        Counted(Uiv uiv) {
            this.uiv = uiv;
            living++;
        }

        @Override
        public void encrypt(byte[] chainingTag, int command, byte[] body, int offset) {
            uiv.encrypt(chainingTag, command, body, offset);
        }

        @Override
        public void decrypt(byte[] chainingTag, int command, byte[] body, int offset) {
            uiv.decrypt(chainingTag, command, body, offset);
        }

        @Override
        public void update(byte[] input, byte[] nonce) {
            uiv.update(input, nonce);
        }

        @Override
        public void erase() {
            uiv.erase();
            living -= erased ? 0 : 1;
            erased = true;
        }
    }
}
