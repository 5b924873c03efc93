/// What the benches of whole processes share: child processes and their CPU time, rounds and their spread, targets, and how results are shown. Read
/// {@link org.privatus.simulation.bench.harness.Child} and {@link org.privatus.simulation.bench.harness.BenchReport} first. Not here: what is measured.
@NullMarked
package org.privatus.simulation.bench.harness;

import org.jspecify.annotations.NullMarked;
