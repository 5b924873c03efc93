/// How the nodes nearest to a target are found: {@link org.privatus.dht.lookup.Lookup} decides whom to ask next and when enough is known;
/// {@link org.privatus.dht.lookup.RoundTrips} says how long a stranger may take. Neither sends anything.
@NullMarked
package org.privatus.dht.lookup;

import org.jspecify.annotations.NullMarked;
