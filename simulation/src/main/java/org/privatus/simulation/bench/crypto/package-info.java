/// What `privatus bench crypto` measures: each operation of {@link org.privatus.crypto.suite.StandardSuite} on one thread, beside OpenSSL's where a
/// libcrypto is installed. Read {@link org.privatus.simulation.bench.crypto.CryptoBench} first.
@NullMarked
package org.privatus.simulation.bench.crypto;

import org.jspecify.annotations.NullMarked;
