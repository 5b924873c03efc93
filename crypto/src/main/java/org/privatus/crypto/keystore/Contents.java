package org.privatus.crypto.keystore;

import java.nio.file.Path;

/// Whose secrets a keystore holds, and so where it lies in the data directory.
enum Contents {
    NODE(1, "node", "a node's keys"),
    PERSON(2, "person", "a person's keys");

    private final int code;
    private final String name;
    private final String words;

    Contents(int code, String name, String words) {
        this.code = code;
        this.name = name;
        this.words = words;
    }

    int code() {
        return code;
    }

    String words() {
        return words;
    }

    String fileName() {
        return name + ".keystore";
    }

    String keyFileName() {
        return name + ".key";
    }

    Path file(Path directory) {
        return directory.resolve(fileName());
    }

    Path keyFile(Path directory) {
        return directory.resolve(keyFileName());
    }
}
