/// Records that a node holds for others: {@link org.privatus.dht.store.RecordStore}. Only verified ones get here; checking signatures is not here.
@NullMarked
package org.privatus.dht.store;

import org.jspecify.annotations.NullMarked;
