package ai.artcafe.tracker.ledger.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that lies beside this class, with what several have in common before it.
 *
 * @param sha1 what Redis knows it by, once it has seen it
 */
record Script(String name, String source, String sha1) {

    private static final String COMMON = "booking.lua";

    static final Script APPLY = loadWithCommon("apply.lua");
    static final Script ADJUST = loadWithCommon("adjust.lua");
    static final Script LOSE = loadWithCommon("lose.lua");
    static final Script CUT = loadWithCommon("cut.lua");
    static final Script RESTORE = loadWithCommon("restore.lua");
    static final Script RETIRE = loadWithCommon("retire.lua");
    static final Script GLOBAL = loadWithCommon("global.lua");
    static final Script PIN = load("pin.lua");
    static final Script THROUGH = load("through.lua");
    static final Script SETTLE = load("settle.lua");
    static final Script LEASE = load("lease.lua");

    private static Script load(String name) {
        return of(name, text(name));
    }

    private static Script loadWithCommon(String name) {
        return of(name, text(COMMON) + text(name));
    }

    private static Script of(String name, String source) {
        return new Script(name, source, sha1(source));
    }

    private static String text(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("script is missing: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
