package org.ancora.casework.record;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CarePlan.Content;
import org.ancora.casework.record.CarePlan.Signature;
import org.ancora.casework.record.CarePlan.Signed;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.ancora.web.PdfPages;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The care plan on paper: the organisation's head, goals and actions, and who signed it or a place to sign. */
@Component
class PlanSheet {

    private final PdfPages pdf;
    private final CaseWords words;
    private final String css = PdfPages.resource("letters/letter.css") + PdfPages.resource("letters/plan.css");

    PlanSheet(PdfPages pdf, CaseWords words) {
        this.pdf = pdf;
        this.words = words;
    }

    /**
     * Prints a plan.
     *
     * @param signed the version that was signed, or null to print the plan as it stands, with a place to sign
     */
    byte[] print(Content content, @Nullable Signed signed, CaseSummary caseFile, Project project, Locale language) {
        return pdf.print(page(content, signed, caseFile, project, language));
    }

    /** Names and texts are set as text, so nothing that somebody typed can be markup. */
    Document page(Content content, @Nullable Signed signed, CaseSummary caseFile, Project project, Locale language) {
        Document page = Document.createShell("");
        Element root = page.selectFirst("html");
        if (root != null) {
            root.attr("lang", language.getLanguage());
        }
        Letterhead head = project.settings().letterhead();
        // The title is shown by whatever opens the file; it does not name the client.
        page.title(words.text("plan.title", language) + " " + caseFile.code());
        page.head().appendElement("meta").attr("name", "author").attr("content", head.name());
        page.head().appendElement("style").text("@page { size: " + paper(project) + "; }\n" + css);
        letterhead(page.body().appendElement("div").addClass("letterhead"), head);
        Element about = page.body().appendElement("div").addClass("about");
        about.appendElement("h1").text(words.text("plan.of", language, words.client(caseFile, language)));
        about.appendElement("p").text(words.text("plan.case", language, caseFile.code()));
        if (signed == null) {
            LocalDate today = words.today(project.calendar().zone());
            about.appendElement("p").text(words.text("plan.printed-on", language, words.dayAndYear(today, language)));
        }
        if (content.reviewOn() != null) {
            about.appendElement("p")
                    .text(words.text("plan.review-on", language, words.dayAndYear(content.reviewOn(), language)));
        }
        for (PlanWords.GoalLine goal : PlanWords.lines(content, caseFile, words, language)) {
            goal(page.body().appendElement("div").addClass("goal"), goal, language);
        }
        Element sign = page.body().appendElement("div").addClass("sign");
        if (signed == null) {
            Stream.of("plan.line.client", "plan.line.worker")
                    .forEach(key -> sign.appendElement("p").addClass("line").text(words.text(key, language)));
        } else {
            signature(sign, signed, language);
        }
        return page;
    }

    private void goal(Element block, PlanWords.GoalLine goal, Locale language) {
        block.appendElement("h2").text(goal.text());
        block.appendElement("p").text(goal.status());
        if (goal.actions().isEmpty()) {
            return;
        }
        Element table = block.appendElement("table").addClass("plan");
        Element header = table.appendElement("thead").appendElement("tr");
        List.of("plan.action", "plan.owner", "plan.due", "plan.status")
                .forEach(key -> header.appendElement("th").text(words.text(key, language)));
        Element rows = table.appendElement("tbody");
        for (PlanWords.ActionLine action : goal.actions()) {
            Element row = rows.appendElement("tr");
            row.appendElement("td").addClass("what").text(action.text());
            row.appendElement("td").text(action.owner());
            row.appendElement("td").text(action.due());
            row.appendElement("td").text(action.status());
        }
    }

    private void signature(Element sign, Signed signed, Locale language) {
        Signature signature = signed.signature();
        sign.appendElement("p")
                .text(words.text(
                        "plan.signed-by." + signature.manner().code(),
                        language,
                        signed.number(),
                        signature.by(),
                        words.dayAndYear(signature.on(), language)));
        sign.appendElement("p")
                .text(
                        signature.witness().isEmpty()
                                ? words.text("plan.recorded-by", language, signed.recordedByName())
                                : words.text(
                                        "plan.witnessed-by", language, signature.witness(), signed.recordedByName()));
    }

    private static void letterhead(Element block, Letterhead head) {
        block.appendElement("p").addClass("organisation").text(head.name());
        Stream.of(
                        head.address(),
                        String.join(
                                " · ",
                                Stream.of(head.phone(), head.email())
                                        .filter(each -> !each.isBlank())
                                        .toList()),
                        head.hours())
                .filter(each -> !each.isBlank())
                .forEach(each -> block.appendElement("p").text(each));
    }

    /** What lies in the printers there. */
    private static String paper(Project project) {
        return project.country().equals("CA") || project.country().equals("US") ? "letter" : "A4";
    }
}
