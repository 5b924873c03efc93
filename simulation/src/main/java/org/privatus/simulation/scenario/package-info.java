/// The standard run: a network of nodes, people on some of them who write to each other, and the checks on what arrived.
///
/// Read [Simulation] first. Nodes are real `NodeGuardian`s; this package only starts them, asks them what a user would ask, and
/// counts.
@NullMarked
package org.privatus.simulation.scenario;

import org.jspecify.annotations.NullMarked;
