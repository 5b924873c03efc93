package org.privatus.simulation.bench.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// AES-256-GCM of an installed OpenSSL, through its EVP functions: one context and key, a new nonce per message, as the links of a node use theirs. For
/// measuring beside ours alone.
@SuppressWarnings("restricted")
final class OpenSslGcm {
    private static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so", "libcrypto.dylib");
    private static final Linker.Option CRITICAL = Linker.Option.critical(true);
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final int GET_TAG = 0x10;
    private static final int SET_TAG = 0x11;

    private final MethodHandle init;
    private final MethodHandle update;
    private final MethodHandle finish;
    private final MethodHandle control;
    private final MemorySegment context;
    private final MemorySegment nonce;
    private final MemorySegment tag;
    private final MemorySegment length;
    private final boolean sealing;

    private OpenSslGcm(SymbolLookup library, Arena arena, boolean sealing) throws Throwable {
        Linker linker = Linker.nativeLinker();
        String verb = sealing ? "Encrypt" : "Decrypt";
        ValueLayout address = ValueLayout.ADDRESS;
        ValueLayout number = ValueLayout.JAVA_INT;
        this.sealing = sealing;
        FunctionDescriptor initialise = FunctionDescriptor.of(number, address, address, address, address, address);
        init = linker.downcallHandle(library.findOrThrow("EVP_" + verb + "Init_ex"), initialise, CRITICAL);
        update = linker.downcallHandle(
                library.findOrThrow("EVP_" + verb + "Update"),
                FunctionDescriptor.of(number, address, address, address, address, number),
                CRITICAL);
        finish = linker.downcallHandle(
                library.findOrThrow("EVP_" + verb + "Final_ex"),
                FunctionDescriptor.of(number, address, address, address),
                CRITICAL);
        control = linker.downcallHandle(
                library.findOrThrow("EVP_CIPHER_CTX_ctrl"),
                FunctionDescriptor.of(number, address, number, number, address),
                CRITICAL);
        MethodHandle create =
                linker.downcallHandle(library.findOrThrow("EVP_CIPHER_CTX_new"), FunctionDescriptor.of(address));
        MethodHandle cipher =
                linker.downcallHandle(library.findOrThrow("EVP_aes_256_gcm"), FunctionDescriptor.of(address));
        context = (MemorySegment) create.invokeExact();
        nonce = arena.allocate(NONCE_LENGTH);
        tag = arena.allocate(TAG_LENGTH);
        length = arena.allocate(number);
        MemorySegment key = arena.allocate(32);
        call((int) init.invokeExact(context, (MemorySegment) cipher.invokeExact(), MemorySegment.NULL, key, nonce));
    }

    /// Empty where there is no libcrypto, or none that knows these functions. With a key of zeros, for as long as `arena` lives.
    static Optional<OpenSslGcm> find(Arena arena, boolean sealing) {
        return NAMES.stream()
                .flatMap(name -> open(name, arena, sealing).stream())
                .findFirst();
    }

    private static Optional<OpenSslGcm> open(String name, Arena arena, boolean sealing) {
        try {
            return Optional.of(new OpenSslGcm(SymbolLookup.libraryLookup(name, arena), arena, sealing));
        } catch (Error serious) {
            throw serious;
        } catch (Throwable missing) {
            return Optional.empty();
        }
    }

    /// Seals, or opens a message that was sealed under this number; tag behind the text.
    void message(long number, MemorySegment ad, MemorySegment in, MemorySegment out, int textLength) {
        nonce.set(ValueLayout.JAVA_LONG_UNALIGNED, 4, Long.reverseBytes(number));
        try {
            call((int) init.invokeExact(context, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, nonce));
            call((int) update.invokeExact(context, MemorySegment.NULL, length, ad, (int) ad.byteSize()));
            call((int) update.invokeExact(context, out, length, in, textLength));
            if (sealing) {
                call((int) finish.invokeExact(context, tag, length));
                call((int) control.invokeExact(context, GET_TAG, TAG_LENGTH, tag));
                MemorySegment.copy(tag, 0, out, textLength, TAG_LENGTH);
            } else {
                MemorySegment.copy(in, textLength, tag, 0, TAG_LENGTH);
                call((int) control.invokeExact(context, SET_TAG, TAG_LENGTH, tag));
                call((int) finish.invokeExact(context, tag, length));
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(int result) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL refuses");
        }
    }
}
