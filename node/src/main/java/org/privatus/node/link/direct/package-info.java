/// Bytes on a channel between two nodes that talk directly, without a circuit: {@link org.privatus.node.link.direct.DirectStream}.
///
/// A link carries nothing but cells, so that whoever counts packets cannot tell direct talk from relayed traffic. A cell holds
/// ```
///  | length 2 | bytes ≤ 510 | zeros |
/// ```
/// Cells arrive in order and once, and are as secret as the link: there is no layer of encryption of their own. Pure like the link's core: no clock, no
/// thread, no randomness. Not here: who may open such channels (the actor that owns them).
@NullMarked
package org.privatus.node.link.direct;

import org.jspecify.annotations.NullMarked;
