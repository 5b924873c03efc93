package org.privatus.node.control;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Requests and replies as lines of JSON.
///
/// A record becomes an object whose `type` is its name in lower case with dashes. What is written is ASCII, other
/// characters are
/// escaped: nothing in it can move a terminal's cursor. A request is read strictly, every property must be there and
/// known; of a reply, unknown
/// properties are skipped, since the node may be newer than the command line.
public final class ControlCodec {
    /// The longest line that a node reads, in bytes.
    public static final int MAX_REQUEST = 1 << 18;

    /// The longest line that a client reads, in bytes.
    public static final int MAX_REPLY = 1 << 24;

    private static final int MAX_DEPTH = 16;

    private static final JsonMapper MAPPER = mapper();
    private static final ObjectReader REQUESTS =
            MAPPER.readerFor(ControlRequest.class).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final ObjectReader REPLIES = MAPPER.readerFor(ControlReply.class);

    private ControlCodec() {}

    /// The line without its end.
    public static byte[] encode(ControlRequest request) {
        return toJson(request).getBytes(StandardCharsets.US_ASCII);
    }

    /// The line without its end.
    public static byte[] encode(ControlReply reply) {
        return toJson(reply).getBytes(StandardCharsets.US_ASCII);
    }

    public static ControlRequest request(byte[] line) throws BadLineException {
        return read(REQUESTS, line, ControlRequest.class);
    }

    public static ControlReply reply(byte[] line) throws BadLineException {
        return read(REPLIES, line, ControlReply.class);
    }

    /// Any of the views, or a list of them, as one line of ASCII for `--json`.
    public static String toJson(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass(), e);
        }
    }

    private static <T> T read(ObjectReader reader, byte[] line, Class<T> type) throws BadLineException {
        try {
            Object value = reader.readValue(line);
            if (!type.isInstance(value)) {
                throw new BadLineException();
            }
            return type.cast(value);
        } catch (IOException e) {
            throw new BadLineException();
        }
    }

    private static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_REPLY)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(ControlRequest.class, Typed.class)
                .addMixIn(ControlReply.class, Typed.class)
                .registerSubtypes(kinds(ControlRequest.class))
                .registerSubtypes(kinds(ControlReply.class))
                .build();
    }

    private static NamedType[] kinds(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .map(kind -> new NamedType(kind, dashed(kind.getSimpleName())))
                .toArray(NamedType[]::new);
    }

    private static String dashed(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    /// A line that is no request or reply. It does not repeat what the line held.
    public static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1L;

        private BadLineException() {
            super("a line that is not of the control language", null, false, false);
        }
    }
}
