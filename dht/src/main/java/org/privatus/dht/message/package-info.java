/// What nodes ask each other: {@link org.privatus.dht.message.DhtRequest}, {@link org.privatus.dht.message.DhtAnswer} and their bytes,
/// {@link org.privatus.dht.message.DhtCodec}. Sealing, padding and matching answers to requests are the link's.
@NullMarked
package org.privatus.dht.message;

import org.jspecify.annotations.NullMarked;
