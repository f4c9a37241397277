package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.ancora.network.Letterhead;
import org.ancora.web.PdfPages;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper itself: size, words, fonts, and that it fetches nothing. */
class LetterPdfTest {

    private static final LetterPdf PRINTER =
            new LetterPdf(new PdfPages(Clock.fixed(Instant.parse("2026-12-21T14:10:00Z"), ZoneOffset.UTC)));

    @Test
    void printsRealTextInEmbeddedFonts() throws Exception {
        byte[] pdf =
                print("es", "Estimada Ñusta Qhawana Túpac:", "<p>¿Cómo está? Llámenos: él, así, corazón, «Ñaña».</p>");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains("Estimada Ñusta Qhawana Túpac:", "¿Cómo está? Llámenos: él, así, corazón, «Ñaña».")
                    .contains("Apoyo Ayacucho", "Jr. Lima 120, Ayacucho", "1 / 1");
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    assertThat(font.getName()).contains("Atkinson");
                }
            }
        }
    }

    @Test
    void hasNamesThatTheMainFaceCannotWrite() throws Exception {
        byte[] pdf = print("en", "Nguyễn Thị Hạnh, Олена Шевченко, Ελένη", "<p>Qam ñuqaʼ</p>");

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Nguyễn Thị Hạnh, Олена Шевченко, Ελένη")
                    .contains("ñuqaʼ");
        }
    }

    @Test
    void tellsScreenReadersTitleLanguageAndStructure() throws Exception {
        try (PDDocument document = Loader.loadPDF(print("it", "Gentile Bianca", "<p>Testo</p>"))) {
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Apoyo Ayacucho · AYA-2026-0001");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("it");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentInformation().getCreationDate().toInstant())
                    .isEqualTo("2026-12-21T14:10:00Z");
        }
    }

    @Test
    void fitsThePaperOfThePlace() throws Exception {
        assertThat(List.of(Paper.of("CA-ON"), Paper.of("PE-AYA"), Paper.of("IT-TO")))
                .containsExactly(Paper.LETTER, Paper.A4, Paper.A4);
        try (PDDocument letter = Loader.loadPDF(PRINTER.print(sheet("en", "x", "<p>x</p>"), Paper.LETTER));
                PDDocument a4 = Loader.loadPDF(PRINTER.print(sheet("it", "x", "<p>x</p>"), Paper.A4))) {
            assertThat(letter.getPage(0).getMediaBox().getWidth()).isBetween(611.5f, 612.5f);
            assertThat(letter.getPage(0).getMediaBox().getHeight()).isBetween(791.5f, 792.5f);
            assertThat(a4.getPage(0).getMediaBox().getWidth()).isBetween(594.5f, 596f);
            assertThat(a4.getPage(0).getMediaBox().getHeight()).isBetween(841f, 843f);
        }
    }

    /** Wherever the line ends, a number that somebody is to read out or dial stays in one piece. */
    @Test
    void cutsNoNumberTelephoneOrAddressInTwo() throws Exception {
        List<String> whole =
                List.of("AYA1-2026-0002", "0800 400 04", "aiuto@casa-aperta.example", "8–15", "(066) 317 673");
        StringBuilder words = new StringBuilder();
        for (int length = 60; length < 100; length++) {
            words.append("<p>").append("x".repeat(length - 20)).append(" ha escrito ");
            words.append(String.join("; ", whole)).append("</p>");
        }
        try (PDDocument document = Loader.loadPDF(print("es", "Números", words.toString()))) {
            String text = new PDFTextStripper().getText(document);
            for (String each : whole) {
                assertThat(text.split(Pattern.quote(each), -1)).as(each).hasSize(41);
            }
            assertThat(text.replaceAll("\\s+", " ")).contains("xxx ha escrito AYA1-2026-0002; 0800 400 04;");
        }
    }

    /** However far the line goes before it. */
    @Test
    void endsNoLineBehindAnElision() throws Exception {
        StringBuilder words = new StringBuilder();
        for (int length = 1; length < 90; length++) {
            words.append("<p>").append(" e".repeat(length)).append(" l’istituzione dell’ente</p>");
        }
        try (PDDocument document = Loader.loadPDF(print("it", "Elisioni", words.toString()))) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("l’istituzione").contains("dell’ente");
            assertThat(text.lines()).noneMatch(line -> line.strip().endsWith("’"));
        }
    }

    @Test
    void numbersThePagesOfALongLetter() throws Exception {
        byte[] pdf = print("en", "Long", "<p>One more sentence that says nothing new at all.</p>".repeat(60));

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isGreaterThan(1);
            assertThat(new PDFTextStripper().getText(document)).contains("1 / " + document.getNumberOfPages());
        }
    }

    @Test
    void fetchesNothingFromAnywhere(@TempDir Path folder) throws Exception {
        AtomicInteger hits = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        Path secret = Files.writeString(folder.resolve("secret.css"), "p { content: 'secret'; }");
        String base = "http://localhost:" + server.getAddress().getPort();
        try {
            // Not through the template's cleaning: the printer must hold on its own.
            byte[] pdf = print(
                    "en",
                    "Fetching",
                    "<img src=\"" + base + "/a.png\"><p style=\"background-image:url(" + base + "/b.png)\">Hello</p>"
                            + "<object data=\"" + base + "/c\"></object><link rel=\"stylesheet\" href=\"" + base
                            + "/d.css\"><style>@import url(" + base + "/e.css); @font-face{font-family:x;src:url("
                            + base + "/f.ttf)}</style><img src=\"" + secret.toUri()
                            + "\"><a download=\"x\" href=\"" + base + "/g\">g</a>");

            assertThat(pdf).isNotEmpty();
            assertThat(hits).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesNameAndAddressForWords() {
        LetterSheet sheet = new LetterSheet(
                "en",
                "Letter",
                head(),
                List.of("<script>alert(1)</script>", "1 & 2 <Street>"),
                List.of("Monday"),
                new LetterText("Title", "<p>x</p>", "x"));

        assertThat(sheet.page(null).select("script")).isEmpty();
        assertThat(sheet.page(null).select(".recipient").text())
                .contains("<script>alert(1)</script>", "1 & 2 <Street>");
    }

    private static byte[] print(String language, String title, String html) {
        return PRINTER.print(sheet(language, title, html), Paper.A4);
    }

    private static LetterSheet sheet(String language, String title, String html) {
        return new LetterSheet(
                language,
                "Apoyo Ayacucho · AYA-2026-0001",
                head(),
                List.of("Dana Whitfield", "4 Elm Avenue", "Newmarket"),
                List.of("lunes 21 de diciembre de 2026", "AYA-2026-0001"),
                new LetterText(title, html, ""));
    }

    private static Letterhead head() {
        return new Letterhead(
                "Apoyo Ayacucho", "066 012 300", "ayuda@ayacucho.example", "Jr. Lima 120, Ayacucho", "lun–vie 9–17");
    }
}
