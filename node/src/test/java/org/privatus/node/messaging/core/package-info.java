@NullMarked
package org.privatus.node.messaging.core;

import org.jspecify.annotations.NullMarked;
