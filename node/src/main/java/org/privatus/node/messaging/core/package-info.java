/// Conversations between persons: first contact, sessions, sealing, committing before sending and before acknowledging, retrying,
/// and what is done with strangers. Read {@link org.privatus.node.messaging.core.Conversations} first, then
/// {@link org.privatus.node.messaging.core.Conversation}, which is one person's, and {@link org.privatus.node.messaging.core.DoubleRatchet}.
///
/// A core: it is told what happened and what time it is, and says what should happen. Not here: how splices are opened
/// (`org.privatus.onion`), how things are kept (`org.privatus.node.store`).
@NullMarked
package org.privatus.node.messaging.core;

import org.jspecify.annotations.NullMarked;
