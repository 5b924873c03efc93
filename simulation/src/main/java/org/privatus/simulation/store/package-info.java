/// Storage without a disk: {@link org.privatus.simulation.store.Journal} is what survives a simulated power failure,
/// {@link org.privatus.simulation.store.JournalStore} the store that a running node has over it. Passes the contract test of `org.privatus.node.store`.
@NullMarked
package org.privatus.simulation.store;

import org.jspecify.annotations.NullMarked;
