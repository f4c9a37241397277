package org.ancora.process.guide;

import java.util.List;
import java.util.Locale;
import org.ancora.process.guide.Guide.Fact;
import org.ancora.process.guide.Guide.Follow;
import org.ancora.process.guide.Guide.Item;
import org.ancora.process.guide.Guide.Link;
import org.ancora.process.guide.Guide.RowView;
import org.ancora.process.guide.Guide.TableView;
import org.ancora.web.PdfPages;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.stereotype.Component;

/** A procedure on paper (A3): the same steps and tables as on its page. */
@Component
class GuideSheet {

    /** What leads on, in a sign that the fonts of the paper have; they have no arrows. */
    private static final String THEN = "› ";

    private final PdfPages pdf;
    private final GuideWords words;
    private final String css = PdfPages.resource("letters/letter.css") + PdfPages.resource("letters/guide.css");

    GuideSheet(PdfPages pdf, GuideWords words) {
        this.pdf = pdf;
        this.words = words;
    }

    byte[] print(Guide guide, Locale language) {
        return pdf.print(page(guide, language));
    }

    /** Everything is set as text, so nothing in a diagram can be markup. */
    Document page(Guide guide, Locale language) {
        Document page = Document.createShell("");
        Element root = page.selectFirst("html");
        if (root != null) {
            root.attr("lang", language.getLanguage());
        }
        page.title(guide.title());
        page.head().appendElement("style").text("@page { size: A4; }\n" + css);
        Element body = page.body();
        body.appendElement("h1").text(guide.title());
        body.appendElement("p")
                .addClass("version")
                .text(words.text("guide.version", language, guide.version(), guide.since()));
        if (!guide.about().isEmpty()) {
            body.appendElement("p").text(guide.about());
        }
        if (!guide.callers().isEmpty()) {
            body.appendElement("p")
                    .text(words.text(
                            "guide.called-by",
                            language,
                            String.join(
                                    ", ",
                                    guide.callers().stream().map(Link::title).toList())));
        }
        body.appendElement("h2").text(words.text("guide.steps", language));
        steps(body, guide.items());
        guide.tables().forEach(table -> table(body, table, language));
        return page;
    }

    private void steps(Element parent, List<Item> items) {
        Element list = parent.appendElement("div").addClass("steps");
        for (Item item : items) {
            Element step = list.appendElement("div").addClass("step").addClass("step-" + item.kind());
            step.attr("id", "step-" + item.id());
            Element head = step.appendElement("p").addClass("head");
            head.appendElement("strong").text(item.number() + "  " + item.title());
            if (!item.who().isEmpty()) {
                head.appendText("  ").appendElement("span").addClass("who").text(item.who());
            }
            if (!item.lines().isEmpty()) {
                Element lines = step.appendElement("ul");
                item.lines().forEach(line -> lines.appendElement("li").text(line));
            }
            item.facts().forEach(fact -> fact(step, fact));
            Link call = item.call();
            if (call != null) {
                step.appendElement("p").text(THEN + call.title());
            }
            for (Follow follow : item.follows()) {
                Element line = step.appendElement("p").addClass("follow");
                line.appendText(follow.when() + " " + THEN);
                line.appendElement("a").attr("href", "#step-" + follow.target()).text(follow.step());
            }
            if (!item.inside().isEmpty()) {
                steps(step, item.inside());
            }
        }
    }

    private static void fact(Element parent, Fact fact) {
        Element line = parent.appendElement("p").addClass("fact");
        line.appendElement("strong").text(fact.label());
        line.appendText(" " + fact.words());
    }

    private void table(Element body, TableView table, Locale language) {
        body.appendElement("h2").text(table.title());
        if (!table.about().isEmpty()) {
            body.appendElement("p").text(table.about());
        }
        for (RowView row : table.rows()) {
            Element block = body.appendElement("div").addClass("row");
            block.appendElement("h3").text(row.title());
            String tests = String.join(
                    ", ",
                    row.tests().stream()
                            .map(test -> test.label() + ": " + test.words())
                            .toList());
            block.appendElement("p")
                    .addClass("version")
                    .text(
                            tests.isEmpty()
                                    ? words.text("guide.always", language)
                                    : words.text("guide.if", language, tests));
            Element answers = block.appendElement("table").appendElement("tbody");
            for (Fact answer : row.answers()) {
                Element line = answers.appendElement("tr");
                line.appendElement("th").text(answer.label());
                line.appendElement("td").text(answer.words());
            }
        }
    }
}
