/// What can be said from samples and from several seeds: intervals and tests. Read [Estimate] and [RankTest] first.
///
/// Pure functions of their arguments, with `StrictMath`: the same digits on every machine.
@NullMarked
package org.privatus.simulation.results.statistics;

import org.jspecify.annotations.NullMarked;
