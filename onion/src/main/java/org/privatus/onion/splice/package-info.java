/// What users of splices see: where a splice goes ({@link org.privatus.onion.splice.SplicePath}), how the attempt to open
/// it went ({@link org.privatus.onion.splice.AttemptStep}) and why it ended. How splices work is in `circuit` (own ends)
/// and `relay` (gateway).
@NullMarked
package org.privatus.onion.splice;

import org.jspecify.annotations.NullMarked;
