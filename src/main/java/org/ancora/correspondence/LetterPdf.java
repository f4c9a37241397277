package org.ancora.correspondence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.web.PdfPages;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.springframework.stereotype.Component;

/** Prints letters to PDF. */
@Component
class LetterPdf {

    /** What nobody reads across two lines: a registration number, a telephone, an address of mail, hours from and to. */
    private static final Pattern WHOLE =
            Pattern.compile("\\S*[\\p{L}\\p{N}][-–@.][\\p{L}\\p{N}]\\S*|\\(?\\d+\\)?(?: \\d+)+\\S*");

    /** Longer ones may not fit into a line, and are cut where they can be. */
    private static final int LONGEST = 40;

    private final PdfPages pdf;
    private final String css = PdfPages.resource("letters/letter.css");

    LetterPdf(PdfPages pdf) {
        this.pdf = pdf;
    }

    byte[] print(LetterSheet sheet, Paper paper) {
        Document page = sheet.page("@page { size: " + paper.css() + "; }\n" + css);
        for (Element element : page.body().getAllElements()) {
            element.textNodes().forEach(LetterPdf::keepWhole);
        }
        return pdf.print(page);
    }

    private static void keepWhole(TextNode text) {
        String words = text.getWholeText();
        Matcher whole = WHOLE.matcher(words);
        int from = 0;
        while (whole.find()) {
            if (whole.end() - whole.start() > LONGEST) {
                continue;
            }
            text.before(new TextNode(words.substring(from, whole.start())));
            text.before(new Element("span").addClass("whole").text(whole.group()));
            from = whole.end();
        }
        if (from > 0) {
            text.text(words.substring(from));
        }
    }
}
