/// Work that a gateway asks of strangers while it is flooded: {@link org.privatus.onion.work.Work} (read it first). Who
/// asks, and how much, is in `relay`; who does it, in `circuit`.
@NullMarked
package org.privatus.onion.work;

import org.jspecify.annotations.NullMarked;
