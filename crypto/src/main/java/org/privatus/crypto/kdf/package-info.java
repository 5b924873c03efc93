/// Keys from secrets: [org.privatus.crypto.kdf.Hkdf]. Passwords are not secrets of that kind: Argon2id is a primitive of
/// the suite, its parameters are the key store's.
@NullMarked
package org.privatus.crypto.kdf;

import org.jspecify.annotations.NullMarked;
