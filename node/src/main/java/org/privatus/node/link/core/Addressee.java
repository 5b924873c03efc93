package org.privatus.node.link.core;

/// Who a datagram with one of our link ids is for.
sealed interface Addressee permits Dial, HalfOpen, Link {}
