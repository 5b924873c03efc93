package org.privatus.node.control;

/// One message as a person sees it.
///
/// @param sequence its place in the inbox, growing, never used twice; 0 for outgoing ones
/// @param id the writer's name for it, 32 hexadecimal digits
/// @param name of the person it is from, or to
/// @param timeMillis when it was received, or written here, since 1970 by our clock
/// @param sentAtMillis when its writer says it was written, by theirs
/// @param acknowledgedAtMillis since 1970; 0 while not acknowledged, and for incoming ones
public record MessageView(
        long sequence,
        String id,
        String name,
        boolean outgoing,
        long timeMillis,
        long sentAtMillis,
        long acknowledgedAtMillis,
        String text) {}
