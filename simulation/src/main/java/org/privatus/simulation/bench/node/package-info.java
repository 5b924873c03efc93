/// A real node in a process of its own, and what a bench has it do. {@link org.privatus.simulation.bench.node.NodeProgram} runs in the child,
/// {@link org.privatus.simulation.bench.node.MeasuredNode} is its handle in the parent.
@NullMarked
package org.privatus.simulation.bench.node;

import org.jspecify.annotations.NullMarked;
