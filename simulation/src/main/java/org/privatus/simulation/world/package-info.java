/// Many nodes in one actor system on one loop, and the hands that start, kill and restart them. Read [World] first.
///
/// A world knows nothing of what a node is: the behaviour that it is given runs unchanged in a real process. [Identities] says who
/// nodes and people are.
@NullMarked
package org.privatus.simulation.world;

import org.jspecify.annotations.NullMarked;
