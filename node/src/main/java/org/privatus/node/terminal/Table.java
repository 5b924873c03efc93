package org.privatus.node.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns, two spaces between them. Every cell is cleaned as [RemoteText#line] does; one column is
/// one character wide, which is
/// wrong for scripts with wide characters.
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> header) {
        rows.add(header);
    }

    public static Table of(String... header) {
        return new Table(List.of(header));
    }

    /// As many cells as the header has.
    public Table row(Object... cells) {
        var row = new ArrayList<String>();
        for (Object cell : cells) {
            row.add(RemoteText.line(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public void print(PrintWriter out) {
        int[] widths = widths();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).repeat(' ', widths[column] - length(cell)).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        return widths;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
