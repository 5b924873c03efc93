package org.privatus.simulation.results;

/// A part of a run that plots point out, such as a partition.
///
/// @param title a few words
public record Period(String title, double fromSeconds, double toSeconds) {
    /// More than a reader can tell apart; further ones are not drawn.
    public static final int DRAWN_MAX = 40;
}
