/// Two results beside each other: what differs beyond noise. Read [Comparison] first.
@NullMarked
package org.privatus.simulation.results.compare;

import org.jspecify.annotations.NullMarked;
