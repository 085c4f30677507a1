package ai.artcafe.tracker.rollup.store;

import ai.artcafe.tracker.rollup.UsageItem;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Items as a journal holds them: JSON objects one after the other, compressed with gzip. */
final class JournalCodec {

    private final ObjectMapper json;

    JournalCodec(ObjectMapper json) {
        this.json = json;
    }

    byte[] encode(List<UsageItem> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes);
                SequenceWriter writer =
                        json.writerFor(UsageItem.class)
                                .withRootValueSeparator("\n")
                                .writeValues(zip)) {
            for (UsageItem item : items) {
                writer.write(item);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Hands on the items in order, so many at a time.
     *
     * @throws UncheckedIOException when that is no journal
     */
    void decode(InputStream bytes, int atOnce, Consumer<List<UsageItem>> items) {
        try (MappingIterator<UsageItem> all =
                json.readerFor(UsageItem.class).readValues(new GZIPInputStream(bytes))) {
            List<UsageItem> some = new ArrayList<>();
            while (all.hasNextValue()) {
                some.add(all.nextValue());
                if (some.size() == atOnce) {
                    items.accept(some);
                    some = new ArrayList<>();
                }
            }
            items.accept(some);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
