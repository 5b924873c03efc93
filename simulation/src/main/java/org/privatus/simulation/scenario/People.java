package org.privatus.simulation.scenario;

import java.time.Duration;

/// Who writes to whom, how often and how much.
///
/// @param count nodes that carry a person, spread evenly over the honest ones
/// @param circle people who write to each other; everyone writes to the others of their circle in turn
/// @param interval between two messages of one person
/// @param messageBytes length of a message
public record People(int count, int circle, Duration interval, int messageBytes) {
    /// Room for the marker and the number of a message.
    public static final int MESSAGE_LEAST = 48;

    /// Everybody silent.
    public static final People NONE = new People(0, 2, Duration.ofSeconds(30), 100);
}
