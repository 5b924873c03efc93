/// `bench link`: a direct link between two nodes in processes of their own. Read {@link org.privatus.simulation.bench.link.LinkBench} first.
@NullMarked
package org.privatus.simulation.bench.link;

import org.jspecify.annotations.NullMarked;
