/// The contract that every store keeps, and what is SQLite's own. {@link org.privatus.node.store.MessageStoreContract} is in the test-jar, for stores
/// of other modules.
@NullMarked
package org.privatus.node.store;

import org.jspecify.annotations.NullMarked;
