/// What a person keeps: messages, contacts, ratchet states and attempts, behind the asynchronous port
/// {@link org.privatus.node.store.MessageStore}, whose every operation is one transaction. {@link
/// org.privatus.node.store.SqliteStore} keeps them in an
/// encrypted file; the simulator's journal stands above this module and passes the same contract test.
///
/// Not here: what a message means, when it is sealed or acknowledged (`org.privatus.node.messaging.core`), and where
/// the database's key comes
/// from.
@NullMarked
package org.privatus.node.store;

import org.jspecify.annotations.NullMarked;
