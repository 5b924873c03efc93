/// Nodes that misbehave. They are the shipped actors with other surroundings: a suite that changes frames as they are sealed, a port
/// that delays, an identity that was ground, an accomplice that floods. Read [Frames] first.
@NullMarked
package org.privatus.simulation.adversary;

import org.jspecify.annotations.NullMarked;
