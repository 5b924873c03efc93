/// Datagrams on real sockets: Netty with epoll and `recvmmsg` on Linux, NIO elsewhere.
///
/// Read [NettyDatagrams] first. Not here: what a datagram means.
@NullMarked
package org.privatus.node.transport;

import org.jspecify.annotations.NullMarked;
