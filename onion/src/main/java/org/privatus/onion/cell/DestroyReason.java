package org.privatus.onion.cell;

/// Why a circuit ended, as a DESTROY cell says it. It is said hop by hop, without authentication: a hint, never proof.
public enum DestroyReason {
    NONE(0),
    PROTOCOL(1),
    INTERNAL(2),
    REQUESTED(3),
    /// The relay sheds load.
    RESOURCE_LIMIT(5),
    /// The next relay, or the link to it, is gone.
    CHANNEL_CLOSED(8),
    TIMED_OUT(10);

    private static final DestroyReason[] VALUES = values();

    private final int code;

    DestroyReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The reason in the DESTROY cell at `offset`; an unknown code is `NONE`.
    public static DestroyReason of(byte[] run, int offset) {
        int code = run[offset + ChannelCell.BODY_OFFSET] & 0xff;
        for (DestroyReason reason : VALUES) {
            if (reason.code == code) {
                return reason;
            }
        }
        return NONE;
    }
}
