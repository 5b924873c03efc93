/// The primitives as one port, [org.privatus.crypto.suite.CryptoSuite]: protocols are written against it, so
/// that the simulator can replace the primitives and nothing else. No protocol, no key schedule and no wire layout
/// here.
@NullMarked
package org.privatus.crypto.suite;

import org.jspecify.annotations.NullMarked;
