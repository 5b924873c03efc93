package org.privatus.node.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privatus.node.control.ControlCodec;
import org.privatus.node.control.ControlPort;
import org.privatus.node.control.ControlReply;
import org.privatus.node.control.ControlRequest;
import org.privatus.node.control.StatusView;

/// One request of a browser. In this order: a `Host` that is not this very server is refused (403: a name of somebody
/// else's that was pointed at
/// 127.0.0.1), so is an `Origin` other than our own (403: another page), then an unknown path (404), a wrong method
/// (405), a missing bearer (401).
/// There are no cookies, so that no other page can act with our rights.
final class ConsoleHandler implements HttpHandler {
    private static final int MAX_BODY = 512;
    private static final int MAX_HEADER = 256;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final Pattern CODE =
            Pattern.compile("\\s*\\{\\s*\"code\"\\s*:\\s*\"([A-Za-z0-9_-]{1,64})\"\\s*}\\s*");
    private static final String BEARER = "Bearer ";

    private final List<String> hosts;
    private final Sessions sessions;
    private final AlertBook alerts;
    private final ControlPort node;
    private final LongSupplier epochMillis;

    ConsoleHandler(int port, Sessions sessions, AlertBook alerts, ControlPort node, LongSupplier epochMillis) {
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        this.sessions = sessions;
        this.alerts = alerts;
        this.node = node;
        this.epochMillis = epochMillis;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            protect(exchange.getResponseHeaders());
            Answer answer = answer(exchange);
            byte[] body = answer.json().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void protect(Headers headers) {
        headers.set("Content-Type", "application/json");
        headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!isOurHost(headers) || !isOurOrigin(headers)) {
            return Answer.error(403, "not from this page");
        }
        String method = exchange.getRequestMethod();
        return switch (exchange.getRequestURI().getPath()) {
            case "/api/session" -> method.equals("POST") ? session(exchange) : Answer.error(405, "POST only");
            case "/api/metrics" -> read(method, headers, this::metrics);
            case "/api/alerts" -> read(method, headers, this::alerts);
            case null, default -> Answer.error(404, "nothing here");
        };
    }

    private boolean isOurHost(Headers headers) {
        List<String> given = headers.getOrDefault("Host", List.of());
        return given.size() == 1 && hosts.contains(given.getFirst());
    }

    /// Programs other than browsers send none.
    private boolean isOurOrigin(Headers headers) {
        List<String> given = headers.getOrDefault("Origin", List.of());
        return given.isEmpty()
                || (given.size() == 1
                        && hosts.stream().anyMatch(host -> given.getFirst().equals("http://" + host)));
    }

    private Answer session(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Answer.error(413, "too long");
        }
        Matcher code = CODE.matcher(new String(body, StandardCharsets.UTF_8));
        if (!code.matches()) {
            return Answer.error(400, "send {\"code\":\"…\"}");
        }
        return sessions.exchange(code.group(1))
                .map(bearer -> Answer.ok(ControlCodec.toJson(Map.of("bearer", bearer))))
                .orElseGet(() -> Answer.error(401, "this code is used up or wrong: start the node again for another"));
    }

    private Answer read(String method, Headers headers, Reading reading) {
        if (!method.equals("GET")) {
            return Answer.error(405, "GET only");
        }
        String authorization =
                Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
        boolean known = authorization.length() <= MAX_HEADER
                && authorization.startsWith(BEARER)
                && sessions.isKnown(authorization.substring(BEARER.length()));
        if (!known) {
            return Answer.error(401, "a bearer is needed");
        }
        return snapshot()
                .map(reading::of)
                .map(value -> Answer.ok(ControlCodec.toJson(value)))
                .orElseGet(() -> Answer.error(503, "the node does not answer"));
    }

    private Optional<StatusView> snapshot() {
        try {
            ControlReply reply = node.ask(new ControlRequest.Status())
                    .toCompletableFuture()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return reply instanceof ControlReply.Status status ? Optional.of(status.status()) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Object metrics(StatusView status) {
        synchronized (alerts) {
            alerts.observe(status, epochMillis.getAsLong());
        }
        return status;
    }

    private Object alerts(StatusView status) {
        synchronized (alerts) {
            alerts.observe(status, epochMillis.getAsLong());
            var book = new LinkedHashMap<String, Object>();
            book.put("alerts", alerts.recent());
            book.put("kept", alerts.size());
            return book;
        }
    }

    /// What to say of a snapshot.
    @FunctionalInterface
    private interface Reading {
        Object of(StatusView status);
    }

    private record Answer(int status, String json) {
        static Answer ok(String json) {
            return new Answer(200, json);
        }

        static Answer error(int status, String message) {
            return new Answer(status, ControlCodec.toJson(Map.of("error", message)));
        }
    }
}
