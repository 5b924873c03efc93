/// The handshakes of links as work for a pool: each step of {@link org.privatus.node.link.core.packet.PacketLayout}'s messages 1 to 3 is a
/// {@link org.privatus.crypto.compute.Job}. When they are started, repeated and given up is decided by whoever owns them. Read
/// {@link org.privatus.node.link.core.handshake.HandshakeContext} first.
///
/// Noise revision 34, pattern XK: whoever is called proves itself, and nobody who does not know its key gets an answer; whoever calls stays unknown
/// unless it goes on to message 3. What message 1 holds has no forward secrecy against a later theft of the responder's key.
@NullMarked
package org.privatus.node.link.core.handshake;

import org.jspecify.annotations.NullMarked;
