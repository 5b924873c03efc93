/// STUN, NAT behaviour, port mapping, hole punching and path choice. No sessions and no actors here.
@NullMarked
package org.privatus.nat;

import org.jspecify.annotations.NullMarked;
