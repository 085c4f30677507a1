package ai.artcafe.metrics.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The %-escapes of an address. */
final class Escapes {

    private static final int LENGTH = 3;

    private Escapes() {}

    /** Whether it is visible ASCII, and what it escapes is UTF-8 without a NUL. */
    static boolean areText(String address) {
        if (!address.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
            return false;
        }
        for (int at = address.indexOf('%'); at >= 0; at = address.indexOf('%', at)) {
            int end = at;
            while (end < address.length() && address.charAt(end) == '%') {
                if (!isHex(address, end + 1) || !isHex(address, end + 2)) {
                    return false;
                }
                end += LENGTH;
            }
            if (!isText(address.substring(at, end))) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private static boolean isHex(String address, int at) {
        return at < address.length() && HexFormat.isHexDigit(address.charAt(at));
    }

    private static boolean isText(String escapes) {
        byte[] bytes = HexFormat.of().withPrefix("%").parseHex(escapes);
        for (byte each : bytes) {
            if (each == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notText) {
            return false;
        }
    }
}
