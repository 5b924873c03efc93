/// How a node finds out where it is on the internet, and how it gets through what stands between: `stun` reads and
/// writes the messages, `traversal` draws conclusions. Read [org.privatus.nat.traversal.ObservedEndpoints] first. No
/// sockets, no sessions and no actors here.
@NullMarked
package org.privatus.nat;

import org.jspecify.annotations.NullMarked;
