package org.privatus.simulation.scenario.file;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.privatus.node.terminal.RemoteText;
import org.privatus.node.terminal.UserError;

/// A section of a scenario while it is read: hands out values that are within bounds, and knows which keys were asked for, so that
/// [#end] can name one that nobody knows.
///
/// Every refusal is a [UserError] of one line: place, key, what is wrong, what is allowed.
final class Section {
    private static final Pattern TIME = Pattern.compile("(-?[0-9]{1,9}(?:\\.[0-9]{1,6})?) ?(us|ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?(B|KiB|MiB|GiB|kB|MB|GB)?");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ?([kMG]?)bit/s");

    private final ConfigObject object;
    private final String path;
    private final SortedSet<String> known = new TreeSet<>();

    Section(ConfigObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /// Whether the key is there and says something.
    boolean has(String key) {
        known.add(key);
        ConfigValue value = object.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    int whole(String key, long least, long most) {
        return Math.toIntExact(wholeLong(key, least, most));
    }

    long wholeLong(String key, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        BigDecimal number = decimal(key, allowed);
        try {
            long value = number.longValueExact();
            if (value >= least && value <= most) {
                return value;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw refused(key, allowed);
    }

    double number(String key, double least, double most) {
        String allowed = "a number from " + plain(least) + " to " + plain(most);
        double value = decimal(key, allowed).doubleValue();
        if (!(value >= least && value <= most)) {
            throw refused(key, allowed);
        }
        return value;
    }

    /// A number from 0 to 1.
    double share(String key) {
        return number(key, 0, 1);
    }

    Duration duration(String key, Duration least, Duration most) {
        String allowed = "a length of time from " + time(least) + " to " + time(most)
                + ", with its unit, such as 500ms, 30s or 10m";
        Matcher form = TIME.matcher(scalar(key, allowed));
        if (!form.matches()) {
            throw refused(key, allowed);
        }
        BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanosOf(form.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(least.toNanos())) < 0
                || nanos.compareTo(BigDecimal.valueOf(most.toNanos())) > 0) {
            throw refused(key, allowed);
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /// A number of bytes.
    int bytes(String key, int least, int most) {
        String allowed = "a size from " + least + " to " + most + " bytes, such as 100, 100B or 4KiB";
        Matcher form = SIZE.matcher(scalar(key, allowed));
        if (!form.matches()) {
            throw refused(key, allowed);
        }
        long unit = bytesOf(form.group(2));
        long units = Long.parseLong(form.group(1));
        if (units > most / unit || units * unit < least) {
            throw refused(key, allowed);
        }
        return (int) (units * unit);
    }

    /// Bits per second.
    long bitRate(String key, long least, long most) {
        String allowed = "a rate from " + least + " bit/s to " + most / 1_000_000 + " Mbit/s, such as 20 Mbit/s";
        Matcher form = RATE.matcher(scalar(key, allowed));
        long value = form.matches()
                ? new BigDecimal(form.group(1))
                        .multiply(BigDecimal.valueOf(bitsOf(form.group(2))))
                        .longValue()
                : -1;
        if (value < least || value > most) {
            throw refused(key, allowed);
        }
        return value;
    }

    boolean flag(String key) {
        ConfigValue value = required(key);
        if (value.valueType() == ConfigValueType.BOOLEAN) {
            return (boolean) value.unwrapped();
        }
        throw refused(key, "true or false");
    }

    String text(String key) {
        return scalar(key, "a text");
    }

    /// A constant's name in lower case, with dashes.
    <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Section::dashed).toList();
        int index = names.indexOf(text(key));
        if (index < 0) {
            throw refused(key, String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }

    /// One of several names.
    String oneOf(String key, String... names) {
        String value = text(key);
        if (!Arrays.asList(names).contains(value)) {
            throw refused(key, String.join(", ", names));
        }
        return value;
    }

    /// Whole numbers in square brackets.
    List<Integer> numbers(String key, int least, int most) {
        String allowed = "a list of whole numbers from " + least + " to " + most + ", such as [3, 17]";
        if (!(required(key) instanceof ConfigList list)) {
            throw refused(key, allowed);
        }
        var numbers = new ArrayList<Integer>();
        for (ConfigValue value : list) {
            if (!(value.unwrapped() instanceof Integer number) || number < least || number > most) {
                throw refused(key, allowed);
            }
            numbers.add(number);
        }
        return numbers;
    }

    Section section(String key) {
        if (required(key) instanceof ConfigObject inner) {
            return new Section(inner, name(key));
        }
        throw refused(key, "a section in curly brackets");
    }

    List<Section> sections(String key) {
        if (!(required(key) instanceof ConfigList list)) {
            throw refused(key, "a list in square brackets of sections in curly ones");
        }
        var sections = new ArrayList<Section>();
        for (ConfigValue value : list) {
            if (!(value instanceof ConfigObject inner)) {
                throw refused(key, "a list in square brackets of sections in curly ones");
            }
            sections.add(new Section(inner, name(key) + "[" + sections.size() + "]"));
        }
        return sections;
    }

    /// What is inside, whatever it is; its keys are known to somebody else.
    ConfigObject raw() {
        known.addAll(object.keySet());
        return object;
    }

    /// @throws UserError when there is a key that was not asked for
    void end() {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw UserError.usage(Place.of(entry.getValue().origin()) + ": there is no key "
                        + RemoteText.line(name(entry.getKey())) + "; known here: " + String.join(", ", known));
            }
        }
    }

    /// Says that a value makes no sense beside others.
    UserError impossible(String key, String reason) {
        ConfigValue value = object.get(key);
        ConfigOrigin origin = value == null ? object.origin() : value.origin();
        return UserError.usage(Place.of(origin) + ": " + name(key) + shown(value) + reason);
    }

    private UserError refused(String key, String allowed) {
        return impossible(key, "; allowed: " + allowed);
    }

    private static String shown(@Nullable ConfigValue value) {
        if (value == null) {
            return " ";
        }
        String text = value.valueType() == ConfigValueType.STRING
                ? String.valueOf(value.unwrapped())
                : value.render(com.typesafe.config.ConfigRenderOptions.concise());
        return " is " + RemoteText.line(text.length() > 60 ? text.substring(0, 57) + "…" : text);
    }

    private ConfigValue required(String key) {
        known.add(key);
        return Optional.ofNullable(object.get(key))
                .filter(value -> value.valueType() != ConfigValueType.NULL)
                .orElseThrow(() -> UserError.usage(Place.of(object.origin()) + ": " + name(key) + " is missing"));
    }

    private BigDecimal decimal(String key, String allowed) {
        try {
            return new BigDecimal(scalar(key, allowed));
        } catch (NumberFormatException e) {
            throw refused(key, allowed);
        }
    }

    private String scalar(String key, String allowed) {
        ConfigValue value = required(key);
        if (value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER) {
            return String.valueOf(value.unwrapped()).strip();
        }
        throw refused(key, allowed);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// As people write it.
    static String time(Duration value) {
        long millis = value.toMillis();
        if (millis != 0 && millis % 1000 == 0) {
            long seconds = millis / 1000;
            if (seconds % 86_400 == 0) {
                return seconds / 86_400 + "d";
            }
            if (seconds % 3600 == 0) {
                return seconds / 3600 + "h";
            }
            return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        }
        return millis == 0 ? "0s" : millis + "ms";
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    private static long bytesOf(@Nullable String unit) {
        if (unit == null) {
            return 1;
        }
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case "kB" -> 1000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            default -> 1;
        };
    }

    private static long bitsOf(String prefix) {
        return switch (prefix) {
            case "k" -> 1000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            default -> 1;
        };
    }
}
