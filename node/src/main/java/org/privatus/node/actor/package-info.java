/// What the actors of a node share. Not here: any actor.
@NullMarked
package org.privatus.node.actor;

import org.jspecify.annotations.NullMarked;
