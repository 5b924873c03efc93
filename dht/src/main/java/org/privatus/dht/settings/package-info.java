/// What an operator may choose, as validated values: one record per section of `reference.conf` below `privatus.dht`. Begin with
/// {@link org.privatus.dht.DhtSettings}, which holds them all. Reading files is not here: `node` parses, cores are handed the result.
@NullMarked
package org.privatus.dht.settings;

import org.jspecify.annotations.NullMarked;
