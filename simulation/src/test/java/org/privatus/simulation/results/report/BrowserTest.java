package org.privatus.simulation.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privatus.simulation.results.RunSet;
import org.privatus.simulation.results.SyntheticRun;
import org.privatus.simulation.results.compare.Comparison;

/// The page in a real browser, where one is installed.
class BrowserTest {
    private static final Pattern CURVE = Pattern.compile("class=\"curve [^\"]*\" d=\"([^\"]*)\"");
    private static final int SECONDS_MAX = 60;

    private static Path chromium;

    @TempDir
    private Path directory;

    @BeforeAll
    static void find() {
        Optional<Path> found = Stream.of(
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/snap/bin/chromium")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no Chromium on this machine");
        chromium = found.orElseThrow();
    }

    @Test
    void the_report_runs_without_errors_and_draws_its_curves() throws Exception {
        var run = SyntheticRun.of(1, 120, 1, Optional.empty()).measured();
        assertDrawn(new ReportPage(RunSet.of("run", run)).html(), 10);
    }

    @Test
    void a_comparison_runs_without_errors_and_draws_its_curves() throws Exception {
        var a = SyntheticRun.of(1, 120, 1, Optional.empty()).measured();
        var b = SyntheticRun.of(2, 120, 1.3, Optional.empty()).measured();
        var comparison = Comparison.of(RunSet.of("a", a), RunSet.of("b", b));
        assertDrawn(new ComparePage(comparison).html(), 15);
    }

    /// The script of the page is run with a probe behind it: it counts what failed, points at each plot and says what it found.
    private void assertDrawn(String page, int plotsAtLeast) throws Exception {
        String probe = """
            <script>
            for (const svg of document.querySelectorAll('.canvas > svg')) {
              const box = svg.getBoundingClientRect();
              svg.dispatchEvent(new PointerEvent('pointermove', {clientX: box.left + box.width / 2, clientY: box.top + 9}));
            }
            const curves = [...document.querySelectorAll('.curve')];
            document.body.dataset.probe = JSON.stringify({
              failed: window.failed,
              plots: document.querySelectorAll('.plot').length,
              tips: [...document.querySelectorAll('.tip')].filter(tip => !tip.hidden && tip.textContent.length > 3).length,
              drawn: curves.filter(curve => curve.getTotalLength() > 100).length,
              curves: curves.length,
              wide: document.documentElement.scrollWidth <= window.innerWidth
            });
            </script></body>\
            """;
        String watched = page.replace(
                        "<main>",
                        "<script>window.failed = []; addEventListener('error', e =>"
                                + " failed.push(e.message));addEventListener('securitypolicyviolation', e =>"
                                + " failed.push(e.blockedURI));</script><main>")
                .replace("</body>", probe);
        Path file = Files.writeString(directory.resolve("report.html"), watched);
        String shown = dom(file);
        assertThat(shown).contains("&quot;failed&quot;:[]").contains("&quot;wide&quot;:true");
        assertThat(CURVE.matcher(shown).results().map(curve -> curve.group(1)))
                .hasSizeGreaterThanOrEqualTo(plotsAtLeast)
                .allMatch(path -> path.length() > 100);
        int plots = number(shown, "plots");
        assertThat(plots).isGreaterThanOrEqualTo(plotsAtLeast);
        assertThat(number(shown, "tips")).as("plots that answer the pointer").isEqualTo(plots);
        assertThat(number(shown, "drawn")).isEqualTo(number(shown, "curves"));
    }

    private static int number(String dom, String key) {
        var found = Pattern.compile("&quot;" + key + "&quot;:(\\d+)").matcher(dom);
        assertThat(found.find()).as(key).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private String dom(Path page) throws IOException, InterruptedException {
        Path out = directory.resolve("dom.html");
        Process browser = new ProcessBuilder(List.of(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + Files.createDirectories(directory.resolve("profile")),
                        "--window-size=1240,1000",
                        "--dump-dom",
                        page.toUri().toString()))
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        try {
            assertThat(browser.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.destroyForcibly();
        }
        return Files.readString(out);
    }
}
