package org.ancora.correspondence;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The plain-text half of an e-mail, and the whole of a text message, made from its HTML. */
final class PlainText {

    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "ul", "ol", "dl", "table", "blockquote", "section", "address", "hr");
    private static final Set<String> LINES = Set.of("br", "li", "tr", "div", "dt", "dd", "caption");

    private PlainText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder();
        Jsoup.parseBodyFragment(html).body().traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    append(words.text());
                } else if (node instanceof Element element) {
                    breakBefore(element.normalName());
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (!(node instanceof Element element)) {
                    return;
                }
                String target = element.attr("href").replaceFirst("^(mailto|tel):", "");
                if (!target.isEmpty() && !element.text().contains(target)) {
                    append(" (" + target + ")");
                }
                if (PARAGRAPHS.contains(element.normalName())) {
                    text.append("\n\n");
                }
            }

            private void breakBefore(String element) {
                if (PARAGRAPHS.contains(element)) {
                    text.append("\n\n");
                } else if (LINES.contains(element)) {
                    text.append('\n');
                }
                if (element.equals("li")) {
                    text.append("- ");
                } else if (element.equals("td") || element.equals("th")) {
                    text.append(' ');
                }
            }

            private void append(String words) {
                boolean lineStart = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
                text.append(lineStart ? words.stripLeading() : words);
            }
        });
        return text.toString()
                .replaceAll("[ \\t]+", " ")
                .replaceAll(" *\n *", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }
}
