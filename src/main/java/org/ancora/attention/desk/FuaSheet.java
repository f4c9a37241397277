package org.ancora.attention.desk;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.attention.Office;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.Petitioner;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Dates;
import org.ancora.web.PdfPages;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The form on paper: four parts, places for mark and signature, and below the cutting line the receipt with number, promised
 * day, office, free line, and a code that leads to a page which says how far it is (J27–J30, J74).
 */
@Component
class FuaSheet {

    private static final String QR = "qr";
    private static final String SIGNATURE = "signature";

    private final PdfPages pdf;
    private final Offices offices;
    private final MessageSource messages;
    private final Dates dates;
    private final String base;
    private final String css = PdfPages.resource("letters/letter.css") + PdfPages.resource("letters/fua.css");

    FuaSheet(
            PdfPages pdf,
            Offices offices,
            MessageSource messages,
            Dates dates,
            @Value("${ancora.base-url:http://localhost:8080}") String base) {
        this.pdf = pdf;
        this.offices = offices;
        this.messages = messages;
        this.dates = dates;
        this.base = base.replaceAll("/+$", "");
    }

    /**
     * What is printed.
     *
     * @param officer who attended; empty when the person entered it themselves
     * @param answers the form's answers, for what only they hold
     * @param promised the day that is promised now, for the receipt; null where none is
     * @param status path of the public status page
     * @param signature the signature on the screen, or null for a place to sign
     */
    record Content(
            Petition petition,
            Petitioner who,
            Project project,
            String officer,
            Map<String, Object> answers,
            @Nullable LocalDate promised,
            String status,
            @Nullable BufferedImage signature) {}

    /** The whole form with the receipt at its foot. */
    byte[] form(Content content, Locale language) {
        Document page = blank(content, language, "desk.fua.title");
        Element body = page.body();
        head(body, content, "desk.fua.title", language);
        Petition petition = content.petition();
        Petitioner who = content.who();
        part(body, "a", language);
        rows(
                body,
                language,
                ordered(
                        "document", who.document(),
                        "name", who.name(),
                        "beneficiary",
                                word("petition.beneficiary." + who.beneficiary().code(), language),
                        "household", who.householdCode(),
                        "representative", who.representative(),
                        "home", who.home()));
        part(body, "b", language);
        rows(
                body,
                language,
                ordered(
                        "phone", who.phone(),
                        "callBackNumber", who.callBackNumber().equals(who.phone()) ? "" : who.callBackNumber(),
                        "email", who.email(),
                        "address", who.address(),
                        "safeTimes", who.safeTimes()));
        part(body, "c", language);
        rows(
                body,
                language,
                ordered(
                        "channel", word("petition.channel." + petition.channel().code(), language),
                        "when", moment(content, language),
                        "kind", word("petition.kind." + petition.kind().code(), language),
                        "level", word("petition.level." + petition.level().code(), language),
                        "motive", petition.motive(),
                        "snapshot", Objects.toString(content.answers().get("snapshot"), ""),
                        "orientation", petition.orientation(),
                        "outcome", outcome(petition, language)));
        part(body, "d", language);
        rows(
                body,
                language,
                ordered(
                        "number", petition.number(),
                        "office", office(content).name(),
                        "officer", content.officer()));
        marks(body, content, language);
        body.appendElement("p").addClass("cut").text(word("desk.fua.cut", language));
        receipt(body.appendElement("div").addClass("receipt"), content, language);
        return pdf.print(page, pictures(content));
    }

    /** The receipt alone. */
    byte[] receipt(Content content, Locale language) {
        Document page = blank(content, language, "desk.receipt.title");
        head(page.body(), content, "desk.receipt.title", language);
        receipt(page.body().appendElement("div").addClass("receipt alone"), content, language);
        return pdf.print(page, pictures(content));
    }

    private Document blank(Content content, Locale language, String title) {
        Document page = Document.createShell("");
        Element root = page.selectFirst("html");
        if (root != null) {
            root.attr("lang", language.getLanguage());
        }
        // The title is shown by whatever opens the file; it does not name the person.
        page.title(word(title, language) + " " + content.petition().number());
        page.head()
                .appendElement("meta")
                .attr("name", "author")
                .attr("content", letterhead(content).name());
        page.head().appendElement("style").text("@page { size: " + paper(content.project()) + "; }\n" + css);
        return page;
    }

    private void head(Element body, Content content, String title, Locale language) {
        Element head = body.appendElement("div").addClass("letterhead");
        head.appendElement("p")
                .addClass("organisation")
                .text(letterhead(content).name());
        head.appendElement("p").text(place(office(content)));
        body.appendElement("h1")
                .text(word(title, language) + " · " + content.petition().number());
    }

    private void part(Element body, String part, Locale language) {
        body.appendElement("h2").text(word("desk.fua.part." + part, language));
    }

    private void rows(Element body, Locale language, Map<String, String> rows) {
        Element table = body.appendElement("table").addClass("facts");
        rows.forEach((key, value) -> {
            if (!value.isBlank()) {
                Element row = table.appendElement("tr");
                row.appendElement("th").attr("scope", "row").text(word("desk.fua." + key, language));
                Element cell = row.appendElement("td");
                for (String line : value.strip().split("\\R", -1)) {
                    if (!cell.childNodes().isEmpty()) {
                        cell.appendElement("br");
                    }
                    cell.appendText(line);
                }
            }
        });
        if (table.childNodeSize() == 0) {
            table.remove();
            body.appendElement("p").text(word("desk.fua.nothing", language));
        }
    }

    /** Whoever is literate signs; everybody may leave a mark (J29). On the telephone nobody can, and are told the number. */
    private void marks(Element body, Content content, Locale language) {
        if (content.petition().channel() == PetitionChannel.PHONE) {
            body.appendElement("p").text(word("desk.fua.told-by-phone", language));
            return;
        }
        Element table = body.appendElement("table").addClass("marks");
        Element row = table.appendElement("tr");
        row.appendElement("td").addClass("box").text(word("desk.fua.fingerprint", language));
        Element signature = row.appendElement("td").addClass("box");
        signature.appendText(word("desk.fua.signature", language));
        if (content.signature() != null) {
            signature.appendElement("br");
            picture(signature, SIGNATURE, word("desk.fua.signature", language));
        }
        row.appendElement("td").addClass("box").text(word("desk.fua.officer-signature", language));
    }

    private void receipt(Element block, Content content, Locale language) {
        Petition petition = content.petition();
        Element table = block.appendElement("table").addClass("tear-off");
        Element row = table.appendElement("tr");
        Element words = row.appendElement("td");
        if (!block.hasClass("alone")) {
            words.appendElement("p").addClass("caption").text(word("desk.receipt.title", language));
        }
        words.appendElement("p").addClass("number").text(petition.number());
        line(words, word("desk.receipt.registered", language, dates.longDay(day(content), language)));
        LocalDate promised = content.promised();
        if (petition.solvedAtOnce()) {
            line(words, word("desk.receipt.solved", language));
        } else if (promised != null) {
            Element due = words.appendElement("p").addClass("promised");
            due.text(word("desk.receipt.promised", language, dates.longDay(promised, language)));
        }
        Office office = office(content);
        line(words, office.name() + " · " + office.address());
        line(words, office.phone());
        line(words, hours(content, language));
        String free = offices.directory(content.project()).freeLine();
        line(words, free.isEmpty() ? "" : word("desk.receipt.free-line", language, free));
        Element code = row.appendElement("td").addClass("code");
        picture(code, QR, word("desk.receipt.qr", language));
        code.appendElement("p").text(word("desk.receipt.scan", language));
    }

    /** When somebody may come back and ask, in the reader's words: the letterhead knows it in the project's alone. */
    private String hours(Content content, Locale language) {
        CalendarSpec calendar = content.project().calendar();
        return word(
                "desk.receipt.hours",
                language,
                hour(content, calendar.opens(), language),
                hour(content, calendar.closes(), language));
    }

    private String hour(Content content, LocalTime hour, Locale language) {
        ZoneId zone = content.project().calendar().zone();
        return dates.hour(day(content).atTime(hour).atZone(zone).toInstant(), zone, language);
    }

    private static void line(Element block, String text) {
        if (!text.isBlank()) {
            block.appendElement("p").text(text);
        }
    }

    private static void picture(Element block, String name, String says) {
        block.appendElement("object")
                .attr("type", "application/x-picture")
                .attr("data-name", name)
                .attr("alt", says)
                .attr("title", says)
                .addClass(name);
    }

    private Map<String, PdfPages.Picture> pictures(Content content) {
        Map<String, PdfPages.Picture> pictures = new HashMap<>();
        BitMatrix code = code(base + content.status());
        pictures.put(QR, (paper, width, height) -> draw(code, paper, width, height));
        BufferedImage signature = content.signature();
        if (signature != null) {
            pictures.put(SIGNATURE, (paper, width, height) -> draw(signature, paper, width, height));
        }
        return pictures;
    }

    static BitMatrix code(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(EncodeHintType.MARGIN, 2, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
        } catch (WriterException tooLong) {
            throw new IllegalStateException("The address of the status page does not fit into a code", tooLong);
        }
    }

    private static void draw(BitMatrix code, Graphics2D paper, double width, double height) {
        double cell = Math.min(width, height) / code.getWidth();
        paper.setColor(Color.BLACK);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                if (code.get(x, y)) {
                    // A hair wider than the cell, so that no reader sees lines between them.
                    paper.fill(new Rectangle2D.Double(x * cell, y * cell, cell * 1.02, cell * 1.02));
                }
            }
        }
    }

    private static void draw(BufferedImage image, Graphics2D paper, double width, double height) {
        double scale = Math.min(width / image.getWidth(), height / image.getHeight());
        paper.scale(scale, scale);
        paper.drawImage(image, 0, 0, null);
    }

    private String outcome(Petition petition, Locale language) {
        LocalDate promised = petition.promised();
        if (petition.destination() == null) {
            return word("desk.fua.solved", language);
        }
        String who = word("petition.destination." + petition.destination().code(), language);
        return promised == null ? who : word("desk.fua.answered-by", language, who, dates.longDay(promised, language));
    }

    private String moment(Content content, Locale language) {
        ZoneId zone = content.project().calendar().zone();
        return dates.momentAndYear(content.petition().registeredAt(), zone, language);
    }

    private static LocalDate day(Content content) {
        ZoneId zone = content.project().calendar().zone();
        return LocalDate.ofInstant(content.petition().registeredAt(), zone);
    }

    private Office office(Content content) {
        return offices.find(content.petition().office().value(), content.project())
                .orElseGet(() -> offices.home(content.project()));
    }

    private static String place(Office office) {
        // A number that breaks over two lines is read as two.
        return Stream.of(office.name(), office.address(), office.phone().replace(' ', '\u00a0'))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" · "));
    }

    private static Letterhead letterhead(Content content) {
        return content.project().settings().letterhead();
    }

    private String word(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int pair = 0; pair < pairs.length; pair += 2) {
            map.put(pairs[pair], pairs[pair + 1]);
        }
        return map;
    }

    /** What lies in the printers there. */
    private static String paper(Project project) {
        return project.country().equals("CA") || project.country().equals("US") ? "letter" : "A4";
    }
}
