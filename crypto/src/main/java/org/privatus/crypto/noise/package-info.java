/// Noise handshakes (revision 34) of two patterns: XK for links, XKhfs for first contact between persons. Start at
/// [org.privatus.crypto.noise.HandshakeState]. What travels in the payloads, and how packets are sealed afterwards, is
/// decided elsewhere.
@NullMarked
package org.privatus.crypto.noise;

import org.jspecify.annotations.NullMarked;
