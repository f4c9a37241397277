package org.ancora.correspondence;

import java.util.List;
import org.ancora.network.Letterhead;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Everything on the paper: the organisation's head, to whom, when, and the words.
 *
 * @param language language tag of the words
 * @param name what the document is called where it is opened or listed; says nothing about the client
 * @param head how the organisation signs
 * @param recipient name and address, a line each
 * @param particulars date and reference, a line each, in the letter's language
 * @param words the letter
 */
record LetterSheet(
        String language,
        String name,
        Letterhead head,
        List<String> recipient,
        List<String> particulars,
        LetterText words) {

    /** The page that becomes the PDF. Our own text is set as text, so nothing in a name or address can be markup. */
    Document page(@Nullable String css) {
        Document page = Document.createShell("");
        Element root = page.selectFirst("html");
        if (root != null) {
            root.attr("lang", language);
        }
        page.title(name);
        page.head().appendElement("meta").attr("name", "author").attr("content", head.name());
        if (css != null) {
            page.head().appendElement("style").text(css);
        }
        Element body = page.body();
        Element letterhead = body.appendElement("div").addClass("letterhead");
        line(letterhead, head.name()).addClass("organisation");
        line(letterhead, head.address());
        line(letterhead, String.join(" · ", present(head.phone(), head.email())));
        line(letterhead, head.hours());
        lines(body.appendElement("div").addClass("recipient"), recipient);
        lines(body.appendElement("div").addClass("particulars"), particulars);
        Element letter = body.appendElement("div").addClass("words");
        if (Jsoup.parseBodyFragment(words.html()).selectFirst("h1") == null) {
            letter.appendElement("h1").text(words.title());
        }
        letter.append(words.html());
        return page;
    }

    private static List<String> present(String... parts) {
        return List.of(parts).stream().filter(part -> !part.isBlank()).toList();
    }

    private static void lines(Element block, List<String> lines) {
        lines.forEach(line -> line(block, line));
    }

    private static Element line(Element block, String words) {
        Element line = block.appendElement("p").text(words);
        if (words.isBlank()) {
            line.remove();
        }
        return line;
    }
}
