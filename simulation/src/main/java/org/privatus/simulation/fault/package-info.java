/// A node's world when something is wrong with it: late datagrams, slow heavy work, a wall clock that is off. Each wraps one port of
/// `org.privatus.node.host`; read [AlteredHost] first. What is decided here follows from virtual time alone.
@NullMarked
package org.privatus.simulation.fault;

import org.jspecify.annotations.NullMarked;
