package org.privatus.testing;

import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// Prints, when a [Seeded] test fails, the command that runs it again with the same seed.
final class SeedReplay implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException aborted) {
            throw aborted;
        } catch (Throwable failure) {
            System.err.println("FAILED, replay with: " + command(method));
            throw failure;
        }
    }

    private static String command(ReflectiveInvocationContext<Method> method) {
        Path module =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getFileName();
        return "mvn -pl %s -am test -Dtest='%s#%s' -Dseed=%s"
                .formatted(
                        module,
                        method.getTargetClass().getName(),
                        method.getExecutable().getName(),
                        method.getArguments().getFirst());
    }
}
