package org.privatus.nat.stun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// A STUN message as values, in the order of the wire. How it was or will be protected is said to [StunCodec].
///
/// @param method 12 bits; [#BINDING] is the one that RFC 8489 has
public record StunMessage(StunClass kind, int method, TransactionId id, List<StunAttribute> attributes) {
    public static final int BINDING = 1;

    private static final int MAX_METHOD = 0xfff;
    private static final int FIRST_OPTIONAL = 0x8000;

    public StunMessage {
        if (method < 0 || method > MAX_METHOD) {
            throw new IllegalArgumentException("method " + method);
        }
        attributes = List.copyOf(attributes);
    }

    public static StunMessage bindingRequest(TransactionId id, StunAttribute... attributes) {
        return new StunMessage(StunClass.REQUEST, BINDING, id, List.of(attributes));
    }

    /// The answer to this request.
    public StunMessage success(StunAttribute... attributes) {
        return new StunMessage(StunClass.SUCCESS, method, id, List.of(attributes));
    }

    /// The refusal of this request.
    public StunMessage error(StunAttribute.ErrorCode code, StunAttribute... more) {
        var attributes = new ArrayList<StunAttribute>();
        attributes.add(code);
        attributes.addAll(List.of(more));
        return new StunMessage(StunClass.ERROR, method, id, attributes);
    }

    /// The first attribute of this kind; later ones do not count (RFC 8489 §14).
    public <T extends StunAttribute> Optional<T> first(Class<T> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// The first attribute of a type that the codec has no form for.
    public Optional<StunAttribute.Raw> firstRaw(int type) {
        return attributes.stream()
                .filter(StunAttribute.Raw.class::isInstance)
                .map(StunAttribute.Raw.class::cast)
                .filter(raw -> raw.type() == type)
                .findFirst();
    }

    /// Types that must be understood and are not: neither has the codec a form for them, nor is `understood` true. A
    /// request with such types is refused by 420, another message dropped (§6.3).
    public List<Integer> unknownRequired(IntPredicate understood) {
        return attributes.stream()
                .filter(StunAttribute.Raw.class::isInstance)
                .map(StunAttribute::type)
                .filter(type -> type < FIRST_OPTIONAL && !understood.test(type))
                .distinct()
                .toList();
    }
}
