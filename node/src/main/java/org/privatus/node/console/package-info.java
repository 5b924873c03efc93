/// HTTP on loopback, for the browser of this machine: `/api/metrics` and `/api/alerts` as JSON, behind a bearer that
/// only whoever sees the node's
/// terminal can get. Read [ConsoleServer]. Not here: pages, and anything that a node does.
@NullMarked
package org.privatus.node.console;

import org.jspecify.annotations.NullMarked;
