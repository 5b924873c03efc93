package org.privatus.simulation.network;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the text form of a [LatencyMatrix], and says in which line it goes wrong.
final class TextMatrix {
    private final Path file;
    private double[] millis = new double[0];
    private int columns;
    private int rows;
    private int line;

    TextMatrix(Path file) {
        this.file = file;
    }

    LatencyMatrix read() throws IOException, UnreadableMatrixException {
        for (String text : lines()) {
            line++;
            List<String> fields = fields(text);
            if (!fields.isEmpty()) {
                row(fields);
            }
        }
        if (rows < 2 || rows != columns) {
            throw error(rows + " rows of " + columns + " numbers are no square matrix");
        }
        return LatencyMatrix.ofMillis(rows, millis);
    }

    private List<String> lines() throws IOException, UnreadableMatrixException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new UnreadableMatrixException(file + ": neither text nor a file that ends in .u16be");
        }
    }

    private static List<String> fields(String text) {
        int comment = text.indexOf('#');
        String content = comment < 0 ? text : text.substring(0, comment);
        var fields = new ArrayList<String>();
        for (String field : content.split("[\\s,;]+", -1)) {
            if (!field.isEmpty()) {
                fields.add(field);
            }
        }
        return fields;
    }

    private void row(List<String> fields) throws UnreadableMatrixException {
        if (rows == 0) {
            begin(fields.size());
        }
        if (fields.size() != columns) {
            throw error(fields.size() + " numbers where the first row has " + columns);
        }
        if (rows == columns) {
            throw error("more rows than columns");
        }
        for (int column = 0; column < columns; column++) {
            millis[rows * columns + column] = number(fields.get(column), column);
        }
        rows++;
    }

    private void begin(int size) throws UnreadableMatrixException {
        if (size < 2 || size > LatencyMatrix.ROWS_MOST) {
            throw error(size + " columns; allowed is 2 to " + LatencyMatrix.ROWS_MOST);
        }
        columns = size;
        millis = new double[size * size];
    }

    private double number(String field, int column) throws UnreadableMatrixException {
        double number;
        try {
            number = Double.parseDouble(field);
        } catch (NumberFormatException e) {
            throw error("column " + (column + 1) + ": " + quoted(field) + " is no number");
        }
        if (!LatencyMatrix.isRoundTrip(number, column == rows)) {
            throw error("column " + (column + 1) + ": " + quoted(field) + " is no round trip of up to 60000 ms");
        }
        return number;
    }

    private static String quoted(String field) {
        int longest = 20;
        return '"' + (field.length() > longest ? field.substring(0, longest) + "…" : field) + '"';
    }

    private UnreadableMatrixException error(String what) {
        return new UnreadableMatrixException(file + ":" + line + ": " + what);
    }
}
