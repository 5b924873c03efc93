/// The rules that hold between and inside the modules, written once and checked by a test in each of them. Read
/// [PurityRules] first.
@NullMarked
package org.privatus.architecture;

import org.jspecify.annotations.NullMarked;
