package org.privatus.crypto.identity;

import java.net.Inet6Address;

/// Endpoints as text. Only literals: nothing here asks a name server.
final class EndpointText {
    private static final int GROUPS = 8;
    private static final String ALLOWED = "write 192.0.2.1:4000 or [2001:db8::1]:4000";

    private EndpointText() {}

    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw bad(text, "has no port");
        }
        String host = text.substring(0, colon);
        int port = parsePort(text, text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            return Endpoint.of(parseIpv6(text, host.substring(1, host.length() - 1)), port);
        }
        if (host.indexOf(':') >= 0) {
            throw bad(text, "has an IPv6 address without brackets");
        }
        return Endpoint.of(parseIpv4(text, host), port);
    }

    static int parsePort(String text, String port) {
        if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(EndpointText::isDigit)) {
            throw bad(text, "has no port between 0 and 65535");
        }
        int value = Integer.parseInt(port);
        if (value > 0xffff) {
            throw bad(text, "has no port between 0 and 65535");
        }
        return value;
    }

    private static byte[] parseIpv4(String text, String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != Integer.BYTES) {
            throw bad(text, "has no IP address");
        }
        byte[] address = new byte[Integer.BYTES];
        for (int i = 0; i < parts.length; i++) {
            address[i] = (byte) parseOctet(text, parts[i]);
        }
        return address;
    }

    // Leading zeros are refused: some systems read them as octal.
    private static int parseOctet(String text, String part) {
        boolean digits = !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(EndpointText::isDigit);
        if (!digits || (part.length() > 1 && part.charAt(0) == '0') || Integer.parseInt(part) > 0xff) {
            throw bad(text, "has no IP address");
        }
        return Integer.parseInt(part);
    }

    private static byte[] parseIpv6(String text, String host) {
        if (host.indexOf('%') >= 0 || host.indexOf('[') >= 0) {
            throw bad(text, "has no IPv6 address (a zone is not allowed)");
        }
        try {
            return Inet6Address.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            throw bad(text, "has no IPv6 address");
        }
    }

    static String ipv4(long address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as
    /// `::`.
    static String ipv6(long high, long low) {
        int from = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeroRun(high, low, i);
            if (run > length) {
                from = i;
                length = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (length >= 2 && i == from) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    private static int zeroRun(long high, long low, int from) {
        int at = from;
        while (at < GROUPS && group(high, low, at) == 0) {
            at++;
        }
        return at - from;
    }

    private static int group(long high, long low, int index) {
        long word = index < 4 ? high : low;
        return (int) (word >>> (48 - 16 * (index % 4))) & 0xffff;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static IllegalArgumentException bad(String text, String what) {
        return new IllegalArgumentException("'" + text + "' " + what + ": " + ALLOWED);
    }
}
