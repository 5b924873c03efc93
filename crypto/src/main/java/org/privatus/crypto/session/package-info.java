/// Sealed packets that may be lost, repeated or reordered: [org.privatus.crypto.session.AeadSession]. Where keys come from
/// (a handshake) and how a packet's header looks is decided elsewhere.
@NullMarked
package org.privatus.crypto.session;

import org.jspecify.annotations.NullMarked;
