/// The commands that the simulator adds to `privatus`. Read [SimulationCommands] first.
@NullMarked
package org.privatus.simulation.cli;

import org.jspecify.annotations.NullMarked;
