/// The command line: `privatus` and the commands of a node.
///
/// Read [NodeRunner] and [CommandProvider] for what others add. Commands talk to a running node through `control` and
/// never touch actors.
@NullMarked
package org.privatus.node.cli;

import org.jspecify.annotations.NullMarked;
