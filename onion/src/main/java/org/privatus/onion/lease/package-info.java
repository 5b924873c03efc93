/// Where a person can be reached: {@link org.privatus.onion.lease.Lease}, what it is sealed and found with
/// ({@link org.privatus.onion.lease.LeaseKeys}). Who publishes and asks, and through which circuits, is not here.
@NullMarked
package org.privatus.onion.lease;

import org.jspecify.annotations.NullMarked;
