package org.privatus.onion.flow;

/// What time it is: monotonic, for everything that waits, and by the calendar, for what is signed. One never serves for
/// the other.
public record Moment(long nanos, long epochMillis) {}
