/// Real nodes in processes of their own, killed and started again.
package org.privatus.simulation.process;
