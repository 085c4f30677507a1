package ai.artcafe.gateway.frame;

import io.vertx.core.http.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Puts the fragments of text messages together, up to a size. Used by one thread. */
final class FrameAssembly {

    /** What a fragment completes. */
    sealed interface Result {
        /** A text message, whole. */
        record Text(byte[] bytes) implements Result {}

        /** Nothing yet. */
        record Partial() implements Result {}

        /** A binary message, which the protocol has no use for. */
        record Binary() implements Result {}

        /** More than a message may have. */
        record TooLarge() implements Result {}
    }

    private static final Result PARTIAL = new Result.Partial();

    private final IntSupplier maxBytes;
    private Optional<ByteArrayOutputStream> text = Optional.empty();

    /**
     * @param maxBytes asked for each fragment
     */
    FrameAssembly(IntSupplier maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a text, binary or continuation frame. */
    Result add(WebSocketFrame frame) {
        if (frame.isBinary()) {
            text = Optional.empty();
            return frame.isFinal() ? new Result.Binary() : PARTIAL;
        }
        byte[] bytes = frame.binaryData().getBytes();
        if (frame.isText()) {
            text = Optional.empty();
            if (bytes.length > maxBytes.getAsInt()) {
                return new Result.TooLarge();
            }
            if (frame.isFinal()) {
                return new Result.Text(bytes);
            }
            text = Optional.of(new ByteArrayOutputStream());
        } else if (text.isEmpty()) {
            return frame.isFinal() ? new Result.Binary() : PARTIAL;
        }
        ByteArrayOutputStream whole = text.orElseThrow();
        if (whole.size() + bytes.length > maxBytes.getAsInt()) {
            text = Optional.empty();
            return new Result.TooLarge();
        }
        whole.writeBytes(bytes);
        if (!frame.isFinal()) {
            return PARTIAL;
        }
        text = Optional.empty();
        return new Result.Text(whole.toByteArray());
    }
}
