/// Scenarios as people write them: HOCON, every key known, with its unit and bounds, and every mistake one line with the place in
/// the file. Read [ScenarioReader] first; `defaults.conf` beside the shipped scenarios says what each key means.
@NullMarked
package org.privatus.simulation.scenario.file;

import org.jspecify.annotations.NullMarked;
