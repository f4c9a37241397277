package org.ancora.web;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
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

    /** Something drawn on the page, such as a code to scan or a signature. */
    public interface Picture {

        /** Draws it into a place of this size, in points, from its upper left corner. */
        void draw(Graphics2D paper, double width, double height);
    }

    /** The page on paper; its style sheet, paper size included, stands in its head. */
    public byte[] print(Document page) {
        return print(page, Map.of());
    }

    /**
     * The same with pictures. Where one belongs, the page has an element {@code <object type="application/x-picture"
     * data-name="…" alt="…">} with its width and height as a style.
     *
     * @param pictures by the name that the page gives them
     */
    public byte[] print(Document page, Map<String, Picture> pictures) {
        PdfRendererBuilder builder = new PdfRendererBuilder()
                .withW3cDocument(new W3CDom().fromJsoup(page), null)
                .usePdfUaAccessibility(true)
                .withProducer("Ancora")
                .useUriResolver((base, uri) -> null)
                .useUnicodeLineBreaker(new LineBreaks())
                .useObjectDrawerFactory(new Pictures(pictures));
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

    private record Pictures(Map<String, Picture> byName) implements FSObjectDrawerFactory {

        @Override
        public @Nullable FSObjectDrawer createDrawer(org.w3c.dom.Element element) {
            Picture picture = byName.get(element.getAttribute("data-name"));
            return picture == null
                    ? null
                    : (drawn, x, y, width, height, device, context, dotsPerPixel) -> {
                        device.drawWithGraphics(
                                (float) x,
                                (float) y,
                                (float) width / dotsPerPixel,
                                (float) height / dotsPerPixel,
                                paper -> picture.draw(paper, width / dotsPerPixel, height / dotsPerPixel));
                        return Map.of();
                    };
        }

        @Override
        public boolean isReplacedObject(org.w3c.dom.Element element) {
            return byName.containsKey(element.getAttribute("data-name"));
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
