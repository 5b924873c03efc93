package org.privatus.node.store;

import org.privatus.crypto.identity.PersonAddress;
import org.privatus.crypto.identity.PersonKey;

/// One person we know of.
///
/// @param name how our user calls them; empty for requests
/// @param verified whether our user compared keys with them
/// @param online whether a splice to them was open when this was written; a store that has just been opened says no
/// @param addedAt epoch milliseconds
/// @param lastSeen when something of theirs last arrived, epoch milliseconds, 0 for never
public record StoredPerson(
        PersonAddress address,
        String name,
        Standing standing,
        boolean verified,
        boolean online,
        long addedAt,
        long lastSeen) {

    public PersonKey key() {
        return address.key();
    }

    public StoredPerson named(String newName) {
        return new StoredPerson(address, newName, standing, verified, online, addedAt, lastSeen);
    }

    public StoredPerson standing(Standing newStanding) {
        return new StoredPerson(address, name, newStanding, verified, online, addedAt, lastSeen);
    }

    public StoredPerson at(PersonAddress newAddress) {
        return new StoredPerson(newAddress, name, standing, verified, online, addedAt, lastSeen);
    }

    public StoredPerson online(boolean nowOnline) {
        return new StoredPerson(address, name, standing, verified, nowOnline, addedAt, lastSeen);
    }

    public StoredPerson seen(long epochMillis) {
        return new StoredPerson(address, name, standing, verified, true, addedAt, epochMillis);
    }
}
