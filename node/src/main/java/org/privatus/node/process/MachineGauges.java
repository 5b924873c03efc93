package org.privatus.node.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.privatus.node.host.Gauges;

/// What the JVM and the operating system say of this machine.
final class MachineGauges implements Gauges {
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final FileStore disk;

    /// @param data a directory on the disk that is watched
    MachineGauges(Path data) throws IOException {
        this.disk = Files.getFileStore(data);
    }

    @Override
    public Reading read() {
        Runtime runtime = Runtime.getRuntime();
        long memoryTotal = system.getTotalMemorySize();
        try {
            return new Reading(
                    Math.max(0, system.getCpuLoad()),
                    Math.max(0, system.getProcessCpuLoad()),
                    runtime.totalMemory() - runtime.freeMemory(),
                    runtime.maxMemory(),
                    memoryTotal - system.getFreeMemorySize(),
                    memoryTotal,
                    disk.getTotalSpace() - disk.getUsableSpace(),
                    disk.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
