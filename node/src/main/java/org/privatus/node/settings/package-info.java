/// What an operator may choose, from files and the command line, as validated values. Read [NodeSettings]; the
/// defaults, with the reasons for
/// them, are in `reference.conf`. Nothing else in the project parses settings.
@NullMarked
package org.privatus.node.settings;

import org.jspecify.annotations.NullMarked;
