/// Many nodes in virtual time, running the same actors as a real node.
@NullMarked
package org.privatus.simulation;

import org.jspecify.annotations.NullMarked;
