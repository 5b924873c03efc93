package org.privatus.simulation.cluster;

import org.privatus.simulation.shard.ProgramFactory;
import org.privatus.simulation.world.WorldSettings;

/// What a member needs to run its shard.
public record RunPlan(WorldSettings settings, ProgramFactory factory) {}
