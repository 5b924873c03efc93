/// The one language in which a running node is talked to: by the command line over the control socket, by the console
/// over HTTP, by tests and
/// by `localnet` in the same process.
///
/// Read [ControlRequest], [ControlReply] and [ControlPort]; the actors of a node stand behind the port.
/// [ControlServer] and
/// [ControlClient] carry the same records between processes as lines of JSON. Not here: what the commands look like
/// (`cli`), and
/// anything that acts on a request.
@NullMarked
package org.privatus.node.control;

import org.jspecify.annotations.NullMarked;
