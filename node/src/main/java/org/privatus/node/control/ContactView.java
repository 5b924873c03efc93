package org.privatus.node.control;

/// One person of the address book.
///
/// @param address as the person's own `privatus id` prints it
/// @param standing `contact` or `blocked`
/// @param online whether a way to them is open now
/// @param verified whether our user compared keys with them
/// @param addedAtMillis since 1970
/// @param lastSeenMillis since 1970; 0 for never
public record ContactView(
        String name,
        String address,
        String standing,
        boolean online,
        boolean verified,
        long addedAtMillis,
        long lastSeenMillis) {}
