package org.ancora.process.steering;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.TaskSubjects;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Puts what will be done, is being done, or was done to many procedures into words. */
@Component
class BatchPages {

    static final int PAGE = 50;

    private final BatchRows rows;
    private final BatchJudge judge;
    private final BatchChoices choices;
    private final Outlines outlines;
    private final GuideWords words;
    private final Dates dates;
    private final ObjectProvider<ProjectFacts> projects;

    BatchPages(
            BatchRows rows,
            BatchJudge judge,
            BatchChoices choices,
            Outlines outlines,
            GuideWords words,
            Dates dates,
            ObjectProvider<ProjectFacts> projects) {
        this.rows = rows;
        this.judge = judge;
        this.choices = choices;
        this.outlines = outlines;
        this.words = words;
        this.dates = dates;
        this.projects = projects;
    }

    /** One procedure of it, in words. */
    record Line(@Nullable String code, String path, String procedure, boolean skipped, String words) {}

    /** So many are skipped for a reason. */
    record Reason(String code, String text, int procedures) {}

    /**
     * What will be done, is being done, or was done.
     *
     * @param settled to which part of each, and what that becomes; empty where it is done to the whole
     * @param changes to how many it will be or was done
     * @param next after which place the next page begins; null on the last one
     */
    record View(
            Batch batch,
            List<String> settled,
            int changes,
            List<Reason> reasons,
            List<Line> lines,
            @Nullable Integer next) {}

    /**
     * What is still to be said before one can look at it.
     *
     * @param parts to which part of each it could be done
     * @param targets steps to which it could go
     * @param values those of the parts that are values, with what each may become
     * @param typed what stands in it
     */
    record Form(
            Batch batch,
            List<Option> parts,
            List<BatchChoices.Targets> targets,
            List<ValueChoice> values,
            BatchTyped typed) {}

    Form form(Batch batch, BatchTyped typed, Locale language) {
        return new Form(
                batch,
                choices.of(batch, language),
                choices.targets(batch, language),
                choices.values(batch, typed.values(), language),
                typed);
    }

    /** What was said, in words: a line for the part that is meant, and one for what it becomes. */
    String said(Batch batch, String what, String becomes, Locale language) {
        return String.join("\n", choices.settled(batch, what, becomes, language));
    }

    /**
     * A page of it.
     *
     * @param only code of a reason for which they are left as they are; null for all
     * @param after place after which the page begins
     */
    View view(Batch batch, @Nullable String only, int after, Viewer viewer) {
        Locale language = viewer.locale();
        Map<String, Integer> skipped;
        List<BatchJudge.Verdict> page;
        if (batch.chosen()) {
            List<BatchJudge.Verdict> all = judge.judge(batch, viewer);
            skipped = new LinkedHashMap<>();
            all.stream()
                    .flatMap(verdict -> Stream.ofNullable(verdict.row().why()))
                    .sorted()
                    .forEach(why -> skipped.merge(why, 1, Integer::sum));
            page = all.stream()
                    .filter(verdict -> verdict.row().position() > after)
                    .filter(verdict -> only == null || only.equals(verdict.row().why()))
                    .limit(PAGE + 1L)
                    .toList();
        } else {
            skipped = rows.skipped(batch);
            page = rows.page(batch, only, after, PAGE + 1, viewer).stream()
                    .map(row -> new BatchJudge.Verdict(row, null, null))
                    .toList();
        }
        int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
        List<Reason> reasons = new ArrayList<>();
        skipped.forEach((why, procedures) -> reasons.add(new Reason(why, why(why, language), procedures)));
        return new View(
                batch,
                batch.said().lines().toList(),
                batch.chosen() ? batch.total() - left : batch.changed(),
                reasons,
                lines(page.subList(0, Math.min(PAGE, page.size())), batch, language),
                page.size() > PAGE ? page.get(PAGE - 1).row().position() : null);
    }

    private List<Line> lines(List<BatchJudge.Verdict> page, Batch batch, Locale language) {
        Map<ProjectId, ZoneId> zones = new HashMap<>();
        projects.getObject()
                .describe(Set.copyOf(
                        page.stream().map(verdict -> verdict.row().project()).toList()))
                .forEach((project, facts) -> zones.put(project, facts.calendar().zone()));
        return page.stream()
                .map(verdict -> line(verdict, batch, zones, language))
                .toList();
    }

    private Line line(BatchJudge.Verdict verdict, Batch batch, Map<ProjectId, ZoneId> zones, Locale language) {
        BatchRows.Row row = verdict.row();
        String code = row.caseCode();
        return new Line(
                TaskSubjects.isSubject(code) ? code : null,
                "/monitor/instances/" + row.root(),
                outlines.procedure(row.process(), language),
                row.why() != null,
                result(verdict, batch, zones.getOrDefault(row.project(), ZoneOffset.UTC), language));
    }

    private String result(BatchJudge.Verdict verdict, Batch batch, ZoneId zone, Locale language) {
        BatchRows.Row row = verdict.row();
        String why = row.why();
        if (why != null) {
            return row.said().isEmpty() ? why(why, language) : row.said();
        }
        Instant was = verdict.was();
        Instant becomes = verdict.becomes();
        return was != null && becomes != null
                ? words.text(
                        "steering.batch.moves",
                        language,
                        dates.moment(was, zone, language),
                        dates.moment(becomes, zone, language))
                : words.text("steering.batch.does." + batch.deed().code(), language);
    }

    private String why(String why, Locale language) {
        return words.text("steering.batch.why." + why, language);
    }
}
