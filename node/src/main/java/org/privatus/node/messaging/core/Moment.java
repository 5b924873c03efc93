package org.privatus.node.messaging.core;

/// The time of an input.
///
/// @param nanos monotonic: for everything that waits
/// @param epochMillis what people see beside a text
record Moment(long nanos, long epochMillis) {}
