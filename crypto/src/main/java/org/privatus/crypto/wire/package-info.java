/// Reading and writing of what travels: big-endian integers and byte strings over a plain `byte[]`. Read {@link
/// org.privatus.crypto.wire.WireReader} first. No packet layout is described here: each stands with the type that
/// owns it.
@NullMarked
package org.privatus.crypto.wire;

import org.jspecify.annotations.NullMarked;
