package org.privatus.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Known answers in JSON files below `shared/vectors`.
public final class Vectors {
    private Vectors() {}

    /// The file's content; the calling test is skipped if there is none.
    public static JsonNode read(String relative) {
        try {
            return new ObjectMapper().readTree(SharedVectors.vectors(relative).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /// The bytes of a field in hex.
    public static byte[] bytes(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.required(field).asText());
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
