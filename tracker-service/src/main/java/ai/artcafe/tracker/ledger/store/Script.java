package ai.artcafe.tracker.ledger.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that lies beside this class.
 *
 * @param sha1 what Redis knows it by, once it has seen it
 */
record Script(String name, String source, String sha1) {

    static final Script APPLY = load("apply.lua");
    static final Script GLOBAL = load("global.lua");
    static final Script PIN = load("pin.lua");
    static final Script THROUGH = load("through.lua");
    static final Script LOSE = load("lose.lua");
    static final Script SETTLE = load("settle.lua");

    private static Script load(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("script is missing: " + name);
            }
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Script(name, source, sha1(source));
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
