/// What a node concludes about its own place on the internet. Read [org.privatus.nat.traversal.ObservedEndpoints]
/// first. Whoever made the observations, and how, is not here.
@NullMarked
package org.privatus.nat.traversal;

import org.jspecify.annotations.NullMarked;
