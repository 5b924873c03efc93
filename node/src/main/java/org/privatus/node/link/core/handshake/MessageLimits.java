package org.privatus.node.link.core.handshake;

import org.privatus.node.link.core.packet.FrameType;
import org.privatus.node.link.core.packet.PacketLayout;

/// How long requests and answers may be, so that they fit wherever they may ride: a request into message 1 beside an address token, an answer into a
/// message 2 that is no longer than message 1, beside the versions spoken, the observed endpoint and an address token.
public final class MessageLimits {
    public static final int MAX_REQUEST =
            PacketLayout.MESSAGE_1_PAYLOAD - FrameType.TOKEN_FRAME - FrameType.REQUEST_HEAD;
    public static final int MAX_ANSWER = PacketLayout.MESSAGE_2_PAYLOAD
            - FrameType.OBSERVED_FRAME_MAX
            - FrameType.TOKEN_FRAME
            - FrameType.VERSIONS_FRAME_MAX
            - FrameType.REQUEST_HEAD;

    private MessageLimits() {}
}
