package org.privatus.node.control;

/// A stranger who wrote, unacknowledged until accepted.
///
/// @param id short and fixed as long as the request is listed: what `requests accept` takes
/// @param address the one that the stranger claims and proved to hold
/// @param receivedAtMillis of the first message, since 1970
/// @param messages how many wait
/// @param preview the beginning of the first message, at most [#MAX_PREVIEW] characters
public record RequestView(String id, String address, long receivedAtMillis, int messages, String preview) {
    public static final int MAX_PREVIEW = 120;

    public RequestView {
        preview = preview.length() > MAX_PREVIEW ? preview.substring(0, MAX_PREVIEW) : preview;
    }
}
