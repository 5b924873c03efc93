package org.privatus.simulation.cluster;

import java.util.function.Consumer;

/// Called when a coordinator listens, so that members may be started or people told.
@FunctionalInterface
public interface Gathering {
    /// Others may come now.
    ///
    /// @param address host and port for `--cluster-join`
    /// @param lost to be told, in one line, that a member will not come or is gone
    void listening(String address, Consumer<String> lost);
}
