/// Messages of STUN (RFC 8489). Read [org.privatus.nat.stun.StunCodec] first. Sending, repeating and choosing servers
/// are not here.
@NullMarked
package org.privatus.nat.stun;

import org.jspecify.annotations.NullMarked;
