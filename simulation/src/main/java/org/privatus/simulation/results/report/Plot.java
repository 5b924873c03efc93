package org.privatus.simulation.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.privatus.simulation.results.Period;

/// A figure: title, legend that switches curves, axes, curves over common x values, and the numbers for pointing at them.
final class Plot {
    /// Points of a curve.
    static final int POINTS_MAX = 400;

    private static final int LEFT = 62;
    private static final int RIGHT = 18;
    private static final int TOP = 14;
    private static final int BOTTOM = 44;

    private final String title;
    private final String note;
    private final int width;
    private final int height;
    private final Axis x;
    private final Axis y;
    private final double[] at;
    private final List<Line> lines;
    private List<Period> periods = List.of();
    private double[] alarms = new double[0];

    /// @param at the x values of all curves, rising
    Plot(String title, String note, boolean wide, Axis x, Axis y, double[] at, List<Line> lines) {
        this.title = title;
        this.note = note;
        this.width = wide ? 1120 : 548;
        this.height = wide ? 360 : 250;
        this.x = x;
        this.y = y;
        this.at = at;
        this.lines = lines;
    }

    /// Shades parts of the x axis, numbered in this order.
    Plot with(List<Period> shaded) {
        periods = shaded.size() > Period.DRAWN_MAX ? shaded.subList(0, Period.DRAWN_MAX) : shaded;
        return this;
    }

    /// Marks moments of violations.
    Plot withAlarms(double[] moments) {
        alarms = moments;
        return this;
    }

    Html html() {
        var html = new Html();
        html.raw("<figure class=\"plot" + (width > 1000 ? " wide" : "") + "\"><figcaption>")
                .element("h3", "", title);
        if (!note.isEmpty()) {
            html.element("p", "class=\"note\"", note);
        }
        legend(html);
        html.raw("</figcaption><div class=\"canvas\">");
        html.format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", width, height)
                .text(title)
                .raw("\">");
        shade(html);
        grid(html);
        html.format(
                "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"curves\">",
                LEFT, TOP - 2, inner(), tall() + 4);
        for (int i = 0; i < lines.size(); i++) {
            curve(html, i, lines.get(i));
        }
        html.raw("</svg>");
        alarms(html);
        html.format("<line class=\"cursor\" y1=\"%d\" y2=\"%d\"/></svg>", TOP, TOP + tall());
        html.raw("<div class=\"tip\" hidden></div></div>");
        data(html);
        return html.raw("</figure>");
    }

    private void legend(Html html) {
        html.raw("<div class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            html.format(
                            "<button type=\"button\" aria-pressed=\"true\" data-line=\"%d\"><i class=\"k%d%s\"></i>",
                            i, line.colour(), line.dashed() ? " dash" : "")
                    .text(line.name())
                    .raw("</button>");
        }
        html.raw("</div>");
    }

    private void shade(Html html) {
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            double from = Math.clamp(x.position(period.fromSeconds()), 0, 1);
            double to = Math.clamp(x.position(period.toSeconds()), 0, 1);
            if (to <= 0 || from >= 1) {
                continue;
            }
            double wide = Math.max(1.5, (to - from) * inner());
            html.format(
                            "<g class=\"period\"><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>",
                            LEFT + from * inner(), TOP, wide, tall())
                    .text(period.title())
                    .format(
                            "</title></rect><text x=\"%.1f\" y=\"%d\">%d</text></g>",
                            LEFT + from * inner() + Math.min(wide / 2, inner() * (1 - from) - 5), TOP + 11, i + 1);
        }
    }

    private void grid(Html html) {
        for (Axis.Tick tick : y.ticks()) {
            double down = TOP + (1 - y.position(tick.at())) * tall();
            html.format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, down, LEFT + inner());
            html.format("<text class=\"tick end\" x=\"%d\" y=\"%.1f\">", LEFT - 8, down + 3.5)
                    .text(tick.label())
                    .raw("</text>");
        }
        double lastEnd = -1;
        for (Axis.Tick tick : x.ticks()) {
            double right = LEFT + x.position(tick.at()) * inner();
            boolean said = !tick.label().isEmpty() && right - labelWidth(tick) / 2 > lastEnd;
            html.format(
                    "<path class=\"grid%s\" d=\"M%.1f %dV%d\"/>",
                    tick.label().isEmpty() ? " minor" : "", right, TOP, TOP + tall());
            if (said) {
                boolean atEnd = right + labelWidth(tick) / 2 > width;
                html.format(
                                "<text class=\"tick %s\" x=\"%.1f\" y=\"%d\">",
                                atEnd ? "end" : "mid", atEnd ? width - 2.0 : right, TOP + tall() + 17)
                        .text(tick.label())
                        .raw("</text>");
                lastEnd = right + labelWidth(tick) / 2 + 6;
            }
        }
        html.format("<path class=\"axis\" d=\"M%d %dH%d\"/>", LEFT, TOP + tall(), LEFT + inner());
        html.format("<text class=\"axis-title mid\" x=\"%d\" y=\"%d\">", LEFT + inner() / 2, height - 6)
                .text(x.title())
                .raw("</text>");
    }

    private static double labelWidth(Axis.Tick tick) {
        return tick.label().length() * 6.4;
    }

    private void curve(Html html, int number, Line line) {
        html.format("<g data-line=\"%d\">", number);
        if (line.hasBand()) {
            html.format("<path class=\"band f%d\" d=\"", line.colour())
                    .raw(band(line))
                    .raw("\"/>");
        }
        if (line.filled()) {
            html.format("<path class=\"band f%d\" d=\"", line.colour())
                    .raw(area(line))
                    .raw("\"/>");
        }
        html.format("<path class=\"curve s%d%s\" d=\"", line.colour(), line.dashed() ? " dash" : "")
                .raw(path(line.y()))
                .raw("\"/></g>");
    }

    private String path(double[] values) {
        var path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < at.length; i++) {
            if (Double.isNaN(values[i])) {
                down = false;
                continue;
            }
            path.append(down ? 'L' : 'M').append(point(at[i], values[i]));
            down = true;
        }
        return path.toString();
    }

    private String area(Line line) {
        var floor = new double[at.length];
        return band(line.within(floor, line.y()));
    }

    private String band(Line line) {
        var path = new StringBuilder();
        var back = new ArrayList<String>();
        for (int i = 0; i < at.length; i++) {
            if (!Double.isNaN(line.high()[i]) && !Double.isNaN(line.low()[i])) {
                path.append(path.isEmpty() ? 'M' : 'L').append(point(at[i], line.high()[i]));
                back.add(point(at[i], line.low()[i]));
            }
        }
        for (String each : back.reversed()) {
            path.append('L').append(each);
        }
        return path.append(path.isEmpty() ? "" : "Z").toString();
    }

    private String point(double atX, double value) {
        double right = x.position(atX) * inner();
        double down = 2 + (1 - y.position(value)) * tall();
        return String.format(Locale.ROOT, "%.1f %.1f", right, Math.clamp(down, -10, tall() + 10.0));
    }

    private void alarms(Html html) {
        double last = -10;
        for (double moment : alarms) {
            double right = LEFT + Math.clamp(x.position(moment), 0, 1) * inner();
            if (right - last >= 4) {
                html.format(
                        "<path class=\"alarm\" d=\"M%.1f %dl-4 7h8z\"><title>a check did not hold</title></path>",
                        right, TOP + tall() - 7);
                last = right;
            }
        }
    }

    /// What the script shows at the pointer: positions, and words for each.
    private void data(Html html) {
        html.raw("<script type=\"application/json\">{\"x\":[")
                .raw(joined(at, value -> String.format(Locale.ROOT, "%.1f", LEFT + x.position(value) * inner())))
                .raw("],\"at\":[")
                .raw(joined(at, value -> quoted(x.quantity().show(value))))
                .format("],\"left\":%d,\"width\":%d,\"lines\":[", LEFT, width);
        for (int i = 0; i < lines.size(); i++) {
            html.raw(i == 0 ? "" : ",")
                    .raw("{\"name\":" + quoted(lines.get(i).name()))
                    .format(",\"k\":%d,\"y\":[", lines.get(i).colour())
                    .raw(joined(lines.get(i).y(), value -> quoted(y.quantity().show(value))))
                    .raw("]}");
        }
        html.raw("]}</script>");
    }

    private static String joined(double[] values, DoubleFunction<String> shown) {
        var text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(shown.apply(values[i]));
        }
        return text.toString();
    }

    /// A text in JSON inside HTML.
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c < 0x7F;
            quoted.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return quoted.append('"').toString();
    }

    private int inner() {
        return width - LEFT - RIGHT;
    }

    private int tall() {
        return height - TOP - BOTTOM;
    }
}
