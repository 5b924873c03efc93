package org.privatus.simulation.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/// Records what this process's threads do, with the flight recorder.
final class Sampling {
    private static final Duration PERIOD = Duration.ofMillis(5);

    private Optional<Recording> running = Optional.empty();

    void begin() throws IOException {
        try {
            var recording = new Recording(Configuration.getConfiguration("profile"));
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
            recording.start();
            running = Optional.of(recording);
        } catch (ParseException e) {
            throw new IOException("this Java has no settings for profiles", e);
        }
    }

    void end(String file) throws IOException {
        if (running.isPresent()) {
            Recording recording = running.get();
            recording.stop();
            recording.dump(Path.of(file));
            recording.close();
            running = Optional.empty();
        }
    }
}
