package org.privatus.node.host;

/// How an open port is served, and what the kernel granted it.
///
/// @param transport in words, such as `epoll with GSO` or `nio`
/// @param askedBytes of buffer, for receiving and for sending, each
/// @param receiveBytes that the kernel keeps while nobody reads; 0 if nobody can tell
/// @param sendBytes that it keeps while the network takes nothing; 0 if nobody can tell
/// @param dropped datagrams that were not sent because the queue before the kernel was full
public record SocketReport(String transport, int askedBytes, int receiveBytes, int sendBytes, long dropped) {
    /// Below this part of what was asked bursts are lost that would not have to be.
    private static final int LEAST_PART = 4;

    /// What to do when the kernel granted less than a quarter of what was asked; else empty.
    public String hint() {
        boolean lacking = isLacking(receiveBytes) || isLacking(sendBytes);
        return lacking
                ? "the kernel grants less than a quarter: sysctl -w net.core.rmem_max=" + askedBytes
                        + " net.core.wmem_max=" + askedBytes + " as root, then start the node again"
                : "";
    }

    private boolean isLacking(int granted) {
        return granted > 0 && granted < askedBytes / LEAST_PART;
    }
}
