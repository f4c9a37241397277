package org.ancora.web;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.springframework.stereotype.Component;

/**
 * Prints a page to PDF: real text in embedded fonts, tagged for screen readers, with title and language. The renderer is
 * allowed no resource beyond what is handed to it.
 */
@Component
public class PdfPages {

    private static final String MAIN = "Atkinson Hyperlegible Next";
    /** For names the main face has no letters for: Vietnamese, Greek, Cyrillic. */
    private static final String FALLBACK = "Noto Sans";

    private final Clock clock;

    /** @param clock dates the files */
    public PdfPages(Clock clock) {
        this.clock = clock;
        XRLog.setLoggingEnabled(false);
    }

    /** The page on paper; its style sheet, paper size included, stands in its head. */
    public byte[] print(Document page) {
        PdfRendererBuilder builder = new PdfRendererBuilder()
                .withW3cDocument(new W3CDom().fromJsoup(page), null)
                .usePdfUaAccessibility(true)
                .withProducer("Ancora")
                .useUriResolver((base, uri) -> null);
        for (ExternalResourceControlPriority moment : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((uri, type) -> false, moment);
        }
        font(builder, MAIN, 400, FontStyle.NORMAL, "AtkinsonHyperlegibleNext-Regular");
        font(builder, MAIN, 400, FontStyle.ITALIC, "AtkinsonHyperlegibleNext-Italic");
        font(builder, MAIN, 700, FontStyle.NORMAL, "AtkinsonHyperlegibleNext-Bold");
        font(builder, MAIN, 700, FontStyle.ITALIC, "AtkinsonHyperlegibleNext-BoldItalic");
        font(builder, FALLBACK, 400, FontStyle.NORMAL, "NotoSans-Regular");
        font(builder, FALLBACK, 700, FontStyle.NORMAL, "NotoSans-Bold");
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            PDDocument pdf = renderer.getPdfDocument();
            pdf.getDocumentInformation().setCreationDate(today());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException unprintable) {
            throw new UncheckedIOException("The page cannot be printed", unprintable);
        }
    }

    /** A text file of the product, such as a style sheet for paper. */
    public static String resource(String path) {
        try (InputStream stream = open(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Calendar today() {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.setTime(Date.from(clock.instant()));
        return calendar;
    }

    private static void font(PdfRendererBuilder builder, String family, int weight, FontStyle style, String file) {
        builder.useFont(() -> open("fonts/" + file + ".ttf"), family, weight, style, true);
    }

    private static InputStream open(String path) {
        return Objects.requireNonNull(PdfPages.class.getClassLoader().getResourceAsStream(path), path);
    }
}
