/// The link protocol: encrypted, authenticated associations between nodes over UDP datagrams, as a core without sockets, clocks or threads.
///
/// Read {@link org.privatus.node.link.core.Links} first: it holds all links of a socket. A {@link org.privatus.node.link.core.Link} is one peer.
///
/// **Two things travel on a link.** Requests and answers are datagram frames: unreliable, their owner has timers. Channels carry 512-byte cells, each
/// channel ordered and reliable for itself, so that a loss on one stalls no other.
///
/// **Life of a link.** A stranger's request rides in message 1 and its answer in message 2; after that neither end keeps anything. Only who
/// wants more goes on to message 3 and shows who it is; then there is a link, until it was idle for long, died, or was closed:
/// ```
///            initiator                        responder
///   dial      -- message 1 (request?) -->      half-open, at most 10 s
///             <-- message 2 (answer | identity, observed endpoint) --
///   link      -- message 3 (identity, requests) -->      link
///   confirmed <-- data packet --
/// ```
/// Message 1 and 3 are repeated, byte for byte, until something comes back; message 2 only ever answers message 1.
///
/// **Two nodes that dial each other at once** end with one link. Both rules are decided when a message 3 has been verified:
/// 1. Own dial has no message 2 yet: the incoming link wins, what waited for the dial moves to it.
/// 2. Own dial has become a link, and the incoming handshake began before the peer confirmed it: the handshake that the node with the lower key
///    initiated wins. Nothing that was sent on the other one was processed by anybody, so its channels and requests move over and start again from
///    the beginning. (The loser's message 3 may arrive after the winner was confirmed, hence the rule goes by when the handshake began.)
///
/// Any other message 3 from a peer with which there is a link means that the peer lost it: the new link replaces the old one, whose channels end.
///
/// **Under load** a responder works only for those who have shown that they are where they seem to be: message 1 without a valid `mac2` gets a cookie
/// reply, shorter than itself, at the price of a few hashes and no memory. The initiator sends the same message again with `mac2`. Of what is worked on
/// then no group of addresses (/24, /48) gets more than its share.
///
/// **Address tokens** spare who is asked again the padding: each message 2 brings a token for the address that it was sent to, and a message 1 that shows
/// it may be shorter than what it is answered with. Without answer to two of them the initiator begins anew, padded.
///
/// **Versions.** Messages 2 and 3 state what their senders speak ({@link org.privatus.node.link.core.packet.Versions}), so that both see whether they were pushed below
/// the best version that both do. A dial falls back to a lower one after silence alone, and never stays there when the peer turns out to speak more.
///
/// **Channels** are numbered by who opens them: even by the initiator of the handshake, odd by the responder, in order. A frame of a number not seen
/// before opens the channel and all lower ones of that side, so nobody waits for the OPEN frame. {@link org.privatus.node.link.core.Channel#INITIAL_CREDIT} cells may
/// be sent at once; CREDIT frames allow more. Closing delivers what was sent before it.
///
/// **Keys change** after 2²¹ packets and after two minutes, each direction by itself ({@link org.privatus.node.link.core.KeyChanges}). On a link that carries
/// channels an ML-KEM-768 secret goes into both ({@link org.privatus.node.link.core.PostQuantum}); {@link org.privatus.node.link.core.LinkView} shows whether it has.
///
/// **Silence.** A link without channels says nothing and is closed after a while; of those that carried channels and of those that never did only so many
/// are kept ({@link org.privatus.node.link.core.LinkTable}). On a link with channels the dialer breaks a silence, and the other side if it does not.
///
/// **Moving.** Packets from another address do not move a link: first the new address has to return an unpredictable value. Until then it gets no more
/// bytes than came from it.
///
/// Layouts are drawn in {@link org.privatus.node.link.core.packet.PacketLayout} and {@link org.privatus.node.link.core.packet.FrameType}, loss recovery stands
/// in {@link org.privatus.node.link.core.recovery}. Not here: sockets, actors, what requests and cells mean, STUN.
///
/// Limits: early requests (message 1) lack forward secrecy against a later theft of the responder's key; handshakes are not hybrid, so that
/// what travels before the exchange above is done is open to a later quantum computer. Whoever overhears a
/// message 1 with a token can have its answer sent to the same address again, a few times.
@NullMarked
package org.privatus.node.link.core;

import org.jspecify.annotations.NullMarked;
