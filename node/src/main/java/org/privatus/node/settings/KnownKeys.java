package org.privatus.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// Which keys there are: a mistyped one would otherwise be ignored without a word.
final class KnownKeys {
    private static final int FAR = 4;

    private final SortedSet<String> keys;

    private KnownKeys(SortedSet<String> keys) {
        this.keys = keys;
    }

    /// Those below `privatus` that have a default.
    static KnownKeys of(Config reference) {
        var keys = new TreeSet<String>();
        collect("", reference.getConfig("privatus").root(), keys);
        keys.removeIf(key -> key.startsWith("profiles."));
        return new KnownKeys(keys);
    }

    private static void collect(String prefix, Map<String, ConfigValue> section, SortedSet<String> keys) {
        section.forEach((name, value) -> {
            if (value instanceof Map<?, ?>) {
                collect(prefix + name + ".", ((com.typesafe.config.ConfigObject) value), keys);
            } else {
                keys.add(prefix + name);
            }
        });
    }

    /// @throws UserError naming the first key that is not known, and the nearest that is
    void check(Config chosen) {
        for (Map.Entry<String, ConfigValue> entry : chosen.entrySet()) {
            var path = ConfigUtil.splitPath(entry.getKey());
            String key = String.join(".", path.subList(1, path.size()));
            if (!path.getFirst().equals("privatus") || !keys.contains(key)) {
                throw UserError.usage("there is no setting " + RemoteText.line(String.join(".", path)) + nearest(key));
            }
        }
    }

    private String nearest(String key) {
        return keys.stream()
                .min(Comparator.comparingInt(known -> distance(known, key)))
                .filter(known -> distance(known, key) <= FAR)
                .map(known -> ": did you mean privatus." + known + "?")
                .orElse(": the README's section about settings says which there are");
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= a.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= b.length(); column++) {
                int above = row[column];
                int change = diagonal + (a.charAt(line - 1) == b.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(change, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
