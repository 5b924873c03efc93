package org.privatus.node.host;

import java.util.ArrayList;
import java.util.List;
import org.privatus.crypto.identity.Endpoint;

/// Datagrams that arrived together, in their order. Filled by the socket's side, then handed over and only read.
public final class DatagramBurst {
    /// As many as a burst holds.
    public static final int CAPACITY = 256;

    private final List<Endpoint> senders = new ArrayList<>();
    private final List<byte[]> datagrams = new ArrayList<>();

    public int size() {
        return datagrams.size();
    }

    public boolean isFull() {
        return datagrams.size() == CAPACITY;
    }

    /// Takes the array over.
    public void add(Endpoint from, byte[] datagram) {
        senders.add(from);
        datagrams.add(datagram);
    }

    public Endpoint sender(int i) {
        return senders.get(i);
    }

    public byte[] datagram(int i) {
        return datagrams.get(i);
    }
}
