package ai.artcafe.stack.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Lines for the person in front of it. */
record Terminal(PrintStream out) {

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** One finished step: what, where, how long it took. */
    void step(String what, String where, long nanos) {
        line(
                String.format(
                        Locale.ROOT,
                        "  %-10s %-32s %5.1f s",
                        what,
                        where,
                        nanos / 1_000_000_000.0));
    }
}
