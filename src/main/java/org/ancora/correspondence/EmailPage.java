package org.ancora.correspondence;

import java.util.Locale;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The frame of every HTML e-mail: legible on a phone, no image, nothing to fetch. */
final class EmailPage {

    private static final String CSS =
            "body{margin:0;padding:20px;max-width:38em;font:16px/1.5 sans-serif;color:#1d2b2e;background:#fff}"
                    + "a{color:#14595f}h1{font-size:20px;line-height:1.3}"
                    + ".signature{margin-top:28px;padding-top:12px;border-top:1px solid #dedad0;color:#5c686a}";

    private EmailPage() {}

    static Document titled(String title, Locale locale) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false);
        Element root = page.selectFirst("html");
        if (root != null) {
            root.attr("lang", locale.toLanguageTag());
        }
        page.title(title);
        page.head().appendElement("meta").attr("charset", "utf-8");
        page.head()
                .appendElement("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1");
        page.head().appendElement("style").appendChild(new DataNode(CSS));
        return page;
    }
}
