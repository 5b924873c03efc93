package org.privatus.simulation.bench.harness;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;

/// The records of one sealed family as lines of JSON, their name in `type`.
public final class LineCodec<T> {
    private final Class<T> family;
    private final JsonMapper mapper;

    public LineCodec(Class<T> family) {
        this.family = family;
        this.mapper = JsonMapper.builder()
                .addMixIn(family, Typed.class)
                .registerSubtypes(Arrays.stream(family.getPermittedSubclasses())
                        .map(kind -> new NamedType(kind, kind.getSimpleName()))
                        .toArray(NamedType[]::new))
                .build();
    }

    /// Without the end of the line.
    public String write(T value) {
        try {
            return mapper.writerFor(family).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass(), e);
        }
    }

    /// One of the family.
    ///
    /// @throws JsonProcessingException if it is none of the family
    public T read(String line) throws JsonProcessingException {
        return mapper.readValue(line, family);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}
}
