package org.ancora.attention.desk;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.ancora.access.UserId;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionId;
import org.ancora.audit.Audited;
import org.ancora.web.Problem;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** That somebody was attended: their signature on the screen, the marked form as a scan, the receipt handed over. */
@Service
class Proofs {

    /** Bytes of a scan. */
    static final int LARGEST = 5 * 1024 * 1024;

    private static final int LARGEST_SIGNATURE = 200 * 1024;

    /** Pixels of a signature, each way: more was not drawn by a finger. */
    private static final int WIDEST = 2000;

    private static final int MOST = 5;

    private static final Set<String> SCANS = Set.of("application/pdf", "image/png", "image/jpeg");

    private final Tika tika = new Tika();
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Proofs(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** One proof without its content. */
    record Entry(long id, String kind, String mediaType, int size, String by, Instant at) {}

    record Content(String kind, String mediaType, ByteArrayResource bytes) {}

    /** How the person learned number and day: kept as one more proof of the kind {@code paper} or {@code told}. */
    static boolean isReceipt(Entry entry) {
        return entry.id() == 0;
    }

    /** The proofs of a petition in their order, and before them that the receipt was handed over; in one statement. */
    List<Entry> of(PetitionId petition) {
        return jdbc.sql("""
                        select p.id, p.kind, p.media_type, p.size, a.name as by_name, p.added_at
                          from petition_proof p join account a on a.id = p.added_by
                         where p.petition_id = :petition
                        union all
                        select 0, r.way, '', 0, a.name, r.given_at
                          from petition_receipt r join account a on a.id = r.given_by
                         where r.petition_id = :petition
                         order by 1
                        """)
                .param("petition", petition.value())
                .query(Proofs::entry)
                .list();
    }

    Optional<Content> content(PetitionId petition, long id) {
        return jdbc.sql("""
                        select kind, media_type, content from petition_proof where petition_id = :petition and id = :id
                        """)
                .param("petition", petition.value())
                .param("id", id)
                .query((row, number) ->
                        new Content(row.getString(1), row.getString(2), new ByteArrayResource(row.getBytes(3))))
                .optional();
    }

    /** The newest signature on the screen, or null when none was drawn. */
    @Nullable
    BufferedImage signature(PetitionId petition) {
        return jdbc.sql("""
                        select content from petition_proof
                         where petition_id = :petition and kind = 'signature' order by id desc limit 1
                        """)
                .param("petition", petition.value())
                .query(byte[].class)
                .optional()
                .map(Proofs::image)
                .orElse(null);
    }

    private static BufferedImage image(byte[] png) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "no picture");
        } catch (IOException unreadable) {
            throw new IllegalStateException("A signature that was checked cannot be read", unreadable);
        }
    }

    /**
     * Keeps a signature drawn on the screen.
     *
     * @throws Problem 400 when it is no PNG of a signature's size
     */
    @Transactional
    void sign(Petition petition, byte[] png, UserId by) {
        if (png.length == 0 || png.length > LARGEST_SIGNATURE || !"image/png".equals(tika.detect(png))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "desk.proof.no-signature");
        }
        requireReadable(png);
        add(petition, "signature", "image/png", png, by);
    }

    /**
     * Keeps a scan of the marked form.
     *
     * @param name of the file, which has to say what the content is
     * @throws Problem 400 when it is empty or of a kind that is not kept; 409 when there are too many
     */
    @Transactional
    void attach(Petition petition, String name, byte[] content, UserId by) {
        if (content.length == 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "files.empty");
        }
        String type = tika.detect(content, name);
        if (!SCANS.contains(type) || !type.equals(tika.detect(name))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "desk.proof.kind");
        }
        add(petition, "scan", type, content, by);
    }

    /** The receipt was handed over, or the number told; the first time counts. */
    @Transactional
    void handedOver(Petition petition, boolean told, UserId by) {
        int first = jdbc.sql("""
                        insert into petition_receipt (petition_id, way, given_by, given_at)
                        values (:petition, :way, :by, :now) on conflict do nothing
                        """)
                .param("petition", petition.id().value())
                .param("way", told ? "told" : "paper")
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (first > 0) {
            events.publishEvent(Audited.ofCase("petition.receipt", petition.project(), petition.number(), by));
        }
    }

    private void add(Petition petition, String kind, String type, byte[] content, UserId by) {
        if (isKept(petition, kind, content)) {
            return;
        }
        int added = jdbc.sql("""
                        insert into petition_proof (petition_id, kind, media_type, size, content, added_by, added_at)
                        select :petition, :kind, :type, :size, :content, :by, :now
                         where (select count(*) from petition_proof where petition_id = :petition) < :most
                        """)
                .param("petition", petition.id().value())
                .param("kind", kind)
                .param("type", type)
                .param("size", content.length)
                .param("content", content)
                .param("by", by.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("most", MOST)
                .update();
        if (added == 0) {
            throw new Problem(HttpStatus.CONFLICT, "desk.proof.many", MOST);
        }
        events.publishEvent(new Audited(
                        "petition.proof",
                        petition.project(),
                        petition.number(),
                        "petition",
                        petition.number(),
                        by,
                        Map.of())
                .with("kind", kind));
    }

    /** Whether the very same was sent before: a button that is pressed twice adds nothing. */
    private boolean isKept(Petition petition, String kind, byte[] content) {
        return jdbc.sql("""
                        select exists (select from petition_proof
                                        where petition_id = :petition and kind = :kind and size = :size
                                          and content = :content)
                        """)
                .param("petition", petition.id().value())
                .param("kind", kind)
                .param("size", content.length)
                .param("content", content)
                .query(Boolean.class)
                .single();
    }

    /** The size is read before the pixels are: a small file may claim a picture that fills the memory. */
    private static void requireReadable(byte[] png) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    reader.setInput(in);
                    if (reader.getWidth(0) <= WIDEST && reader.getHeight(0) <= WIDEST && reader.read(0) != null) {
                        return;
                    }
                } finally {
                    reader.dispose();
                }
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw refused().causedBy(broken);
        }
        throw refused();
    }

    private static Problem refused() {
        return new Problem(HttpStatus.BAD_REQUEST, "desk.proof.no-signature");
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("media_type"),
                row.getInt("size"),
                row.getString("by_name"),
                Objects.requireNonNull(Attendances.instant(row, "added_at")));
    }
}
