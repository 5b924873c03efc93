package org.privatus.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// A property that is tried with many seeds. The test method takes the seed as its first parameter, a `long`, and draws
/// everything else from it.
///
/// The seeds are `0 … value() - 1`. `-Dseeds=N` tries `N` of them instead, `-Dseed=S` only `S`. A failure prints the
/// command that replays it.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed={0}")
@ArgumentsSource(Seeds.class)
@ExtendWith(SeedReplay.class)
public @interface Seeded {
    /// How many seeds an ordinary run tries.
    int value() default 20;
}
