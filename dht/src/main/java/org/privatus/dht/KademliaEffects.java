package org.privatus.dht;

import org.privatus.crypto.compute.Job;
import org.privatus.crypto.identity.Contact;
import org.privatus.crypto.identity.NodeDescriptor;
import org.privatus.crypto.identity.NodeId;

/// What {@link Kademlia} wants done. Implementations record or send, and never call back into the core from here. A `byte[]` is the receiver's
/// from then on, but it may be handed out to several: it is not to be changed.
public interface KademliaEffects {
    /// Send a request and report its answer by {@link Kademlia#answerArrived}, or {@link Kademlia#requestFailed}.
    ///
    /// @param requestId never used again
    /// @param finishHandshake whether the peer shall learn who asks, and this node get {@link Kademlia#peerVerified}; without, the request rides in
    ///     the first message of a handshake that stops there
    void ask(long requestId, Contact to, byte[] body, boolean finishHandshake);

    /// Nobody waits for this request any more.
    void abandon(long requestId);

    /// The answer to {@link Kademlia#requestArrived}.
    void answer(long handle, byte[] body);

    /// Run the job, then pass it to {@link Kademlia#computed}.
    void compute(Job job);

    /// The outcome of {@link Kademlia#get}, {@link Kademlia#put} or {@link Kademlia#findClosest}; once for each, never before its call returned.
    void operationDone(long operation, DhtOutcome outcome);

    /// A verified descriptor is new in the pool, or takes the place of an older one of the same node.
    void descriptorLearned(NodeDescriptor verified);

    /// A descriptor left the pool: it expired, or its node is gone.
    void descriptorLost(NodeId node);

    /// A join ended: so many nodes answered. 0: none, the next attempt follows by itself.
    void joined(int contacts);
}
