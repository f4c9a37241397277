package org.ancora.referral.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Collections;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A file that is kept in pieces, opened as often as it is needed; one piece at a time is in memory. */
final class GivenFile implements Supplier<InputStream> {

    private static final int LOOKED_AT = 4096;

    private final JdbcClient jdbc;
    private final long load;
    private final IntConsumer progress;
    private final int count;

    /** @param progress told how much of it was read, of 100 */
    GivenFile(JdbcClient jdbc, long load, IntConsumer progress) {
        this.jdbc = jdbc;
        this.load = load;
        this.progress = progress;
        this.count = jdbc.sql("select count(*) from directory_load_piece where load_id = :load")
                .param("load", load)
                .query(Integer.class)
                .single();
    }

    /** In bytes. */
    long size() {
        return jdbc.sql("select bytes from directory_load where id = :load")
                .param("load", load)
                .query(Long.class)
                .single();
    }

    byte[] start() {
        try (InputStream in = get()) {
            return in.readNBytes(LOOKED_AT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** UTF-8 where all of it is; else the encoding in which older spreadsheets write. */
    Charset charset() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        try (InputStream in = get()) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                if (decoder.decode(bytes, chars, end).isError()) {
                    return Charset.forName("windows-1252");
                }
                bytes.compact();
                chars.clear();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return StandardCharsets.UTF_8;
    }

    /** One piece after the other, each read when the one before it is used up. */
    @Override
    public InputStream get() {
        return new SequenceInputStream(Collections.enumeration(new AbstractList<InputStream>() {
            @Override
            public int size() {
                return count;
            }

            @Override
            public InputStream get(int no) {
                if (count > 1) {
                    progress.accept(100 * no / count);
                }
                return new ByteArrayInputStream(
                        jdbc.sql("select bytes from directory_load_piece where load_id = :load and no = :no")
                                .param("load", load)
                                .param("no", no)
                                .query(byte[].class)
                                .single());
            }
        }));
    }
}
