/// What travels in a channel: {@link org.privatus.onion.cell.ChannelCell} (read it first), the relay messages inside
/// sealed cells, and the fragments of what does not fit one cell. No state of circuits and no cryptography here.
@NullMarked
package org.privatus.onion.cell;

import org.jspecify.annotations.NullMarked;
