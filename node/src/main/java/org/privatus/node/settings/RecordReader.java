package org.privatus.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.privatus.crypto.identity.NetworkId;
import org.privatus.node.home.NetworkNames;
import org.privatus.node.terminal.Durations;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// Makes a record of settings from the section of the same form: component `bucketSize` from key `bucket-size`, a
/// record within from the
/// section of its name. A name that ends in `Nanos` or `Millis` is read from a duration, one in `Bytes` from a size,
/// under the name without
/// that ending. Records check their bounds themselves.
final class RecordReader {
    private static final String NANOS = "Nanos";
    private static final String MILLIS = "Millis";
    private static final String BYTES = "Bytes";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private final Config config;

    /// @param config whole, resolved
    RecordReader(Config config) {
        this.config = config;
    }

    /// @param path of the section, such as `privatus.dht`
    /// @throws UserError with one line that names the key and what is allowed
    <R extends Record> R read(String path, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(path, component))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw refused(path, type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a public record of settings", e);
        }
    }

    private static RuntimeException refused(String path, Class<?> type, InvocationTargetException failure) {
        if (!(failure.getCause() instanceof IllegalArgumentException bounds)) {
            return new IllegalStateException(failure.getCause());
        }
        String message = String.valueOf(bounds.getMessage());
        for (RecordComponent component : type.getRecordComponents()) {
            message = readable(message, component.getName());
        }
        return UserError.usage("setting " + prefix(path, message) + message);
    }

    /// What is missing of the key at the beginning of a message, which may repeat the end of the section's path.
    private static String prefix(String path, String message) {
        if (message.startsWith("privatus.")) {
            return "";
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (message.startsWith(path.substring(dot + 1) + ".")) {
                return path.substring(0, dot + 1);
            }
        }
        return path + ".";
    }

    /// Cores count in nanoseconds and bytes and say so; people write keys without unit, and lengths of time with one.
    private static String readable(String message, String name) {
        if (!name.endsWith(NANOS) && !name.endsWith(BYTES)) {
            return message;
        }
        String key = dashed(name.substring(0, name.lastIndexOf(name.endsWith(NANOS) ? NANOS : BYTES)));
        if (!message.startsWith(key + " ") && !message.startsWith(dashed(name) + " ")) {
            return message;
        }
        String bounds = message.substring(message.indexOf(' '));
        return key + (name.endsWith(NANOS) ? NUMBER.matcher(bounds).replaceAll(RecordReader::time) : bounds);
    }

    private static String time(MatchResult nanos) {
        return Durations.text(Duration.ofNanos(Long.parseLong(nanos.group())).toMillis());
    }

    private Object value(String path, RecordComponent component) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type.isRecord() && type != NetworkId.class) {
            return read(path + "." + dashed(name), type.asSubclass(Record.class));
        }
        String key = path + "." + dashed(bare(name, type));
        try {
            return value(key, name, type);
        } catch (ConfigException.Missing e) {
            throw new IllegalStateException(key + " has no default in a reference.conf", e);
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw UserError.usage("setting " + key + " is "
                    + RemoteText.line(config.getValue(key).render()) + "; allowed: " + allowed(name, type));
        }
    }

    private Object value(String key, String name, Class<?> type) {
        if (name.endsWith(NANOS) && type == long.class) {
            return config.getDuration(key).toNanos();
        }
        if (name.endsWith(MILLIS) && type == long.class) {
            return config.getDuration(key).toMillis();
        }
        if (name.endsWith(BYTES)) {
            long bytes = config.getBytes(key);
            return type == int.class ? (Object) Math.toIntExact(Math.min(bytes, Integer.MAX_VALUE)) : (Object) bytes;
        }
        return plain(key, type);
    }

    private Object plain(String key, Class<?> type) {
        if (type == int.class) {
            return config.getInt(key);
        }
        if (type == long.class) {
            return config.getLong(key);
        }
        if (type == double.class) {
            return config.getDouble(key);
        }
        if (type == boolean.class) {
            return config.getBoolean(key);
        }
        if (type == Duration.class) {
            return config.getDuration(key);
        }
        if (type == String.class) {
            return config.getString(key);
        }
        if (type == NetworkId.class) {
            return NetworkNames.parse(config.getString(key))
                    .orElseThrow(() -> new ConfigException.BadValue(key, "no network"));
        }
        throw new IllegalStateException(key + " is of " + type + ", which is no kind of setting");
    }

    private static String allowed(String name, Class<?> type) {
        if (type == Duration.class || name.endsWith(NANOS) || name.endsWith(MILLIS)) {
            return "a length of time, such as 500ms, 30s or 10m";
        }
        if (name.endsWith(BYTES)) {
            return "a size, such as 64KiB or 8MiB";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == NetworkId.class) {
            return "main, dev or a number from 1 to 65535";
        }
        return type == double.class ? "a number" : type == String.class ? "a text" : "a whole number";
    }

    private static String bare(String name, Class<?> type) {
        for (String unit : new String[] {NANOS, MILLIS, BYTES}) {
            if (name.endsWith(unit) && type != Duration.class) {
                return name.substring(0, name.length() - unit.length());
            }
        }
        return name;
    }

    private static String dashed(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
