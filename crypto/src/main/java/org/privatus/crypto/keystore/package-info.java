/// The secrets of a node and of its person on disk. Read [org.privatus.crypto.keystore.PersonKeystore] first.
///
/// The two are sealed apart, in two files with two master keys, because a node runs DHT and relay while its person's
/// key is still locked. The person's master key is wrapped by a passphrase (on `dev` it may lie in a file that only
/// its owner can read); the node's always lies in such a file. Who copies the directory can therefore pose as the
/// node and read what early requests told it, but learns nothing of the person: no key, no message, no contact.
///
/// The only package of this module that touches files. Locking the data directory and asking for a passphrase are
/// `node`.
@NullMarked
package org.privatus.crypto.keystore;

import org.jspecify.annotations.NullMarked;
