package org.privatus.simulation.shard;

import org.privatus.simulation.world.World;

/// Makes the program of one shard, on that shard's thread.
@FunctionalInterface
public interface ProgramFactory {
    /// The program of the shard that `world` is.
    ///
    /// @param world at time 0 with no node started; closed by the run
    Program create(World world);
}
