/// Which relays a circuit goes through: {@link org.privatus.onion.path.RelayPool} holds what may be chosen,
/// {@link org.privatus.onion.path.PathSelector} chooses. A relay is never looked up for a path.
@NullMarked
package org.privatus.onion.path;

import org.jspecify.annotations.NullMarked;
