package org.privatus.node.link.core.packet;

/// The frames in a packet, one after the other. Each is
/// ```
///  | type 1 | length of body 2 | body |
/// ```
/// so that unknown types can be skipped; only PADDING is one zero byte, and everything after it must be zero too.
///
/// | type | body | asks for an ACK, and when lost |
/// |---|---|---|
/// | 0 PADDING | | no |
/// | 1 PING | | yes, without delay; forgotten |
/// | 2 ACK | largest 8, delay in µs 4, (numbers in range - 1) 4, then for each further range: (numbers missing - 1) 4, (numbers in range - 1) 4 | no |
/// | 3 REQUEST | id 4, body | yes; forgotten, the asker has timers |
/// | 4 ANSWER | id 4, body | yes; forgotten |
/// | 5 CHANNEL_OPEN | channel 4 | yes; repeated |
/// | 6 CELLS | channel 4, sequence of the first 4, one cell of 512 or more in sequence | yes; repeated |
/// | 7 CREDIT | channel 4, first sequence that may not be sent 4 | yes; the newest is repeated |
/// | 8 CHANNEL_CLOSE | channel 4, reason 1, cells sent 4 | yes; repeated |
/// | 9 OBSERVED_ENDPOINT | IP version 1 (4 or 6), endpoint 6 or 18: where the receiver of this frame was seen | yes; forgotten |
/// | 10 PATH_CHALLENGE | 8 random bytes | yes; forgotten, a timer repeats |
/// | 11 PATH_RESPONSE | the same 8 | yes; forgotten |
/// | 12 LINK_CLOSE | reason 1 | no |
/// | 13 IDENTITY | puzzle nonce 16, contact flags 1: of the sender, in message 2 | as its message |
/// | 14 ADDRESS_TOKEN | token 8: in message 2 to be kept, in message 1 to be shown | as its message |
/// | 15 KEM_KEY | number 1, ML-KEM-768 key 1,184 | no; a timer repeats |
/// | 16 KEM_CIPHERTEXT | the number of the key 1, ciphertext 1,088 | no; answers each KEM_KEY |
/// | 17 VERSIONS | the wire versions of the sender, 1 each, ascending, 1 to 4 of them: in messages 2 and 3 | as its message |
///
/// A channel's number says who opened it (bit 0: 0 whoever dialled the link) and what for (bit 31: 0 a circuit, 1 direct talk). In messages 1 and 2 the id of REQUEST and ANSWER is 0.
public final class FrameType {
    public static final int PADDING = 0;
    public static final int PING = 1;
    public static final int ACK = 2;
    public static final int REQUEST = 3;
    public static final int ANSWER = 4;
    public static final int CHANNEL_OPEN = 5;
    public static final int CELLS = 6;
    public static final int CREDIT = 7;
    public static final int CHANNEL_CLOSE = 8;
    public static final int OBSERVED_ENDPOINT = 9;
    public static final int PATH_CHALLENGE = 10;
    public static final int PATH_RESPONSE = 11;
    public static final int LINK_CLOSE = 12;
    public static final int IDENTITY = 13;
    public static final int ADDRESS_TOKEN = 14;
    public static final int KEM_KEY = 15;
    public static final int KEM_CIPHERTEXT = 16;
    public static final int VERSIONS = 17;

    public static final int HEADER = 3;
    public static final int CELL_LENGTH = 512;

    public static final int PING_FRAME = HEADER;
    public static final int REQUEST_HEAD = HEADER + 4;
    public static final int OPEN_FRAME = HEADER + 4;
    public static final int CELLS_HEAD = HEADER + 8;
    public static final int CREDIT_FRAME = HEADER + 8;
    public static final int CLOSE_FRAME = HEADER + 9;
    public static final int PATH_FRAME = HEADER + 8;
    public static final int LINK_CLOSE_FRAME = HEADER + 1;
    public static final int OBSERVED_FRAME_MAX = HEADER + 1 + 18;
    public static final int IDENTITY_FRAME = HEADER + 17;
    public static final int ACK_FIRST_RANGE = 8 + 4 + 4;
    public static final int ACK_RANGE = 8;
    public static final int TOKEN_FRAME = HEADER + 8;
    public static final int VERSIONS_FRAME_MIN = HEADER + 1;
    public static final int VERSIONS_FRAME_MAX = HEADER + Versions.MOST;

    private FrameType() {}
}
