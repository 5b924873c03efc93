package org.privatus.testing;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// The seeds that a [Seeded] test is tried with.
final class Seeds implements ArgumentsProvider, AnnotationConsumer<Seeded> {
    private int count;

    @Override
    public void accept(Seeded seeded) {
        count = seeded.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        String single = System.getProperty("seed");
        LongStream seeds = single != null
                ? LongStream.of(Long.decode(single))
                : LongStream.range(0, Integer.getInteger("seeds", count));
        return seeds.mapToObj(Arguments::of);
    }
}
