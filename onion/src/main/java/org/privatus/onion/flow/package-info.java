/// What bounds traffic on both sides of a circuit: windows with authenticated acknowledgements, rates and timers. Read
/// {@link org.privatus.onion.flow.SendWindow} first. Who sends what is not decided here.
@NullMarked
package org.privatus.onion.flow;

import org.jspecify.annotations.NullMarked;
