package org.privatus.node.console;

/// One warning.
///
/// @param rule such as `HIGH_CPU_USAGE`
/// @param epochMillis when it was seen
/// @param value what was measured
/// @param threshold above which there is a warning
public record AlertView(String rule, long epochMillis, double value, double threshold, String message) {}
