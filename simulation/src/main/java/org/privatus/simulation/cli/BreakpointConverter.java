package org.privatus.simulation.cli;

import org.privatus.simulation.trace.Breakpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what [Breakpoint#parse] reads.
final class BreakpointConverter implements ITypeConverter<Breakpoint> {
    @Override
    public Breakpoint convert(String text) {
        try {
            return Breakpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
