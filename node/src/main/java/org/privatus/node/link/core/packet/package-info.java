/// What a link's datagrams look like: {@link org.privatus.node.link.core.packet.PacketLayout} draws the packets,
/// {@link org.privatus.node.link.core.packet.FrameType} the frames inside them, {@link org.privatus.node.link.core.packet.PacketProtection}
/// protects them. No state machine is here.
@NullMarked
package org.privatus.node.link.core.packet;

import org.jspecify.annotations.NullMarked;
