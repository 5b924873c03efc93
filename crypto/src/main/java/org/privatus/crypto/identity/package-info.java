/// Who a node is, who a person is, and how either is named: keys, ids, endpoints, contacts, addresses, signed
/// descriptors. Read [org.privatus.crypto.identity.Contact] first, then {@link
/// org.privatus.crypto.identity.NodeIdentity}. Nothing here is stored or sent: see `keystore` and the protocol
/// modules.
@NullMarked
package org.privatus.crypto.identity;

import org.jspecify.annotations.NullMarked;
