package org.privatus.simulation.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.privatus.simulation.random.Mix;

/// One kind of thing that happened to messages: columns of message, time and two numbers. Grows; never shrinks but by [#thin].
final class MessageEvents {
    private static final int FIRST_CAPACITY = 256;

    private int size;
    private long[] messages = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private int[] firsts = new int[FIRST_CAPACITY];
    private int[] seconds = new int[FIRST_CAPACITY];

    void add(long message, long atNanos, int first, int second) {
        if (size == messages.length) {
            int capacity = size + (size >> 1);
            messages = Arrays.copyOf(messages, capacity);
            times = Arrays.copyOf(times, capacity);
            firsts = Arrays.copyOf(firsts, capacity);
            seconds = Arrays.copyOf(seconds, capacity);
        }
        messages[size] = message;
        times[size] = atNanos;
        firsts[size] = first;
        seconds[size] = second;
        size++;
    }

    /// Whether a message is among the 1 in 2^level whose events are kept.
    static boolean stays(long message, int level) {
        return level == 0 || Long.numberOfLeadingZeros(Mix.mix64(message + Mix.GOLDEN)) >= level;
    }

    void thin(int level) {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (stays(messages[i], level)) {
                messages[left] = messages[i];
                times[left] = times[i];
                firsts[left] = firsts[i];
                seconds[left] = seconds[i];
                left++;
            }
        }
        size = left;
    }

    /// By message, then time, then the numbers.
    MessageEvents sorted() {
        var sorted = new MessageEvents();
        IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> messages[i])
                        .thenComparingLong(i -> times[i])
                        .thenComparingInt(i -> firsts[i])
                        .thenComparingInt(i -> seconds[i]))
                .forEach(i -> sorted.add(messages[i], times[i], firsts[i], seconds[i]));
        return sorted;
    }

    int size() {
        return size;
    }

    long message(int index) {
        return messages[index];
    }

    long time(int index) {
        return times[index];
    }

    int first(int index) {
        return firsts[index];
    }

    int second(int index) {
        return seconds[index];
    }
}
