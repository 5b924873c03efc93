/// What happens in a run: nodes start, people write, faults come and go, checks are made.
///
/// Read [ScenarioRun] first, then [ScenarioProgram], which is what happens on one shard. Nodes are real `NodeGuardian`s; this package
/// only starts them, asks them what a user would ask, and records.
@NullMarked
package org.privatus.simulation.run;

import org.jspecify.annotations.NullMarked;
