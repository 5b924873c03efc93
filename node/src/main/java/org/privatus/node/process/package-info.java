/// One process of real nodes: sockets, threads, the system's clocks and randomness, and the way from a data directory to
/// a running node.
///
/// Read [NodeProcess] first. Not here: what a node does (`actor`), and the command line (`cli`).
@NullMarked
package org.privatus.node.process;

import org.jspecify.annotations.NullMarked;
