/// What a run is told: how many nodes, what they do, what goes wrong, who misbehaves, and what must hold nevertheless.
///
/// Read [Scenario] first. Nothing here does anything; `file` makes scenarios of what people write, `run` lets them happen.
@NullMarked
package org.privatus.simulation.scenario;

import org.jspecify.annotations.NullMarked;
