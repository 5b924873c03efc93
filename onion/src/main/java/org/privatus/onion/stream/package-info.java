/// What users of streams see: what a circuit of their own shall be like ({@link org.privatus.onion.stream.CircuitRequest}),
/// what its last hop shall do with a stream, and what happens on it ({@link org.privatus.onion.stream.StreamEvent}). How
/// streams work is in `circuit` (own ends) and `relay`.
@NullMarked
package org.privatus.onion.stream;

import org.jspecify.annotations.NullMarked;
