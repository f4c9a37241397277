package org.ancora.casework.marks;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseWords;
import org.ancora.casework.marks.AttributeLoads.Fault;
import org.ancora.casework.marks.AttributeLoads.Load;
import org.ancora.network.Project;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.web.CsvWriter;
import org.ancora.web.Download;
import org.ancora.web.LargeUpload;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Loading attributes of many cases from a file: what its columns hold, what is wrong with it, and storing the rest. */
@Controller
class LoadsController {

    /** Bytes; 100,000 rows of ten ids fit well. */
    static final int LARGEST_FILE = 20 * 1024 * 1024;

    private static final String SECTION = "loads";
    private static final LargeUpload UPLOAD =
            new LargeUpload(Pattern.compile("/admin/projects/[^/]+/loads"), LARGEST_FILE);
    private static final int LONGEST_NAME = 200;
    private static final int SAMPLE = 3;
    private static final int FAULTS_SHOWN = 100;
    private static final int FAULTS_TAKEN = 200_000;

    private final AdminPages pages;
    private final AttributeLoads loads;
    private final Attributes attributes;
    private final LoadRunner runner;
    private final CaseWords words;
    private final ReadLog reads;

    LoadsController(
            AdminPages pages,
            AttributeLoads loads,
            Attributes attributes,
            LoadRunner runner,
            CaseWords words,
            ReadLog reads) {
        this.pages = pages;
        this.loads = loads;
        this.attributes = attributes;
        this.runner = runner;
        this.words = words;
        this.reads = reads;
    }

    /** The entry in the menu of a project's administration, and room for its files. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection loadsSection() {
            return new AdminSection(155, "marks.admin.loads", SECTION, "table-import", Permission.LOAD_ATTRIBUTES);
        }

        @Bean
        LargeUpload roomForAttributeFiles() {
            return UPLOAD;
        }
    }

    /** A load as the list shows it. */
    record Line(Load load, String when, String state) {}

    /** A column with the first of what it holds. */
    record Column(int index, String name, List<String> sample, String mapped) {}

    /** Something wrong, in words. */
    record FaultLine(int line, String column, String value, String advice) {}

    @GetMapping("/admin/projects/{key}/loads")
    String loads(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        Locale locale = viewer.locale();
        model.addAttribute(
                "loads",
                loads.latest(project.id()).stream()
                        .map(load -> new Line(
                                load,
                                words.moment(load.at(), project.calendar().zone(), locale),
                                words.text("marks.load.state." + load.state().code(), locale)))
                        .toList());
        model.addAttribute("none", attributes.of(project.id()).stream().allMatch(Attribute::retired));
        return "casework/marks/loads";
    }

    /** Takes a file as the body of the request, so that nothing of it is read before the person may load it. */
    @PostMapping("/admin/projects/{key}/loads")
    @ResponseBody
    Map<String, String> read(
            @PathVariable String key,
            @RequestHeader(name = "X-File-Name", defaultValue = "values.csv") String name,
            HttpServletRequest request,
            Viewer viewer,
            Model model)
            throws IOException {
        Project project = pages.open(key, SECTION, viewer, model);
        byte[] content = UPLOAD.read(request, "marks.load.large");
        long id = loads.read(project.id(), fileName(name), Csv.read(content), attributes.of(project.id()), viewer.id());
        return Map.of("location", path(project, id));
    }

    @GetMapping("/admin/projects/{key}/loads/{id:[0-9]{1,18}}")
    String load(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        return page(project, find(project, id), null, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/loads/{id:[0-9]{1,18}}/check")
    String check(
            @PathVariable String key,
            @PathVariable long id,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            jakarta.servlet.http.HttpServletResponse response) {
        Project project = pages.open(key, SECTION, viewer, model);
        Load load = find(project, id);
        List<String> mapping = new ArrayList<>();
        Set<String> allowed = new HashSet<>(
                choices(project, viewer.locale()).stream().map(Option::value).toList());
        for (int column = 0; column < load.header().size(); column++) {
            String chosen = sent.getOrDefault("column" + column, "");
            if (!chosen.isEmpty() && !allowed.contains(chosen)) {
                throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
            }
            mapping.add(chosen);
        }
        String wrong = wrong(mapping);
        if (wrong != null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("mapping", mapping);
            return page(project, load, wrong, viewer, model);
        }
        loads.check(load, mapping, viewer.id());
        return run(project, load);
    }

    @PostMapping("/admin/projects/{key}/loads/{id:[0-9]{1,18}}/store")
    String store(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        Load load = find(project, id);
        loads.store(load, viewer.id());
        return run(project, load);
    }

    @PostMapping("/admin/projects/{key}/loads/{id:[0-9]{1,18}}/discard")
    String discard(
            @PathVariable String key, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        loads.discard(find(project, id), viewer.id());
        flash.addFlashAttribute("told", "marks.load.discarded");
        return "redirect:" + AdminPages.path(project, SECTION);
    }

    /** Every fault as a file, by line and column; what spreadsheets would take for a formula is made harmless. */
    @GetMapping("/admin/projects/{key}/loads/{id:[0-9]{1,18}}/report.csv")
    ResponseEntity<byte[]> report(@PathVariable String key, @PathVariable long id, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        Load load = find(project, id);
        Locale locale = viewer.locale();
        reads.record(viewer, project.id(), null, "attribute-load", "" + id, "download");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CsvWriter lines = new CsvWriter(file, locale)) {
            lines.row(Stream.of("line", "column", "value", "advice")
                    .map(part -> words.text("marks.load.report." + part, locale))
                    .toList());
            for (FaultLine fault : faults(load, FAULTS_TAKEN, locale)) {
                lines.row(List.of(fault.line(), fault.column(), fault.value(), fault.advice()));
            }
        }
        String name = load.fileName().replaceFirst("\\.[^.]*$", "") + "-report.csv";
        return Download.saved(file.toByteArray(), Download.CSV, name);
    }

    private String run(Project project, Load load) {
        if (load.rows() <= AttributeLoads.AT_ONCE) {
            while (runner.goOn(load.id())) {
                // some thousand at a time until none is left
            }
        }
        return "redirect:" + path(project, load.id());
    }

    private String page(Project project, Load load, @Nullable String wrong, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        List<List<String>> sample = loads.sample(load, SAMPLE);
        Object typed = model.getAttribute("mapping");
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < load.header().size(); column++) {
            int at = column;
            columns.add(new Column(
                    column,
                    load.header().get(column),
                    sample.stream()
                            .filter(row -> row.size() > at)
                            .map(row -> row.get(at))
                            .filter(cell -> !cell.isEmpty())
                            .toList(),
                    typed instanceof List<?> list
                            ? String.valueOf(list.get(column))
                            : load.mapping().get(column)));
        }
        model.addAttribute("load", load);
        model.addAttribute("when", words.moment(load.at(), project.calendar().zone(), locale));
        model.addAttribute("wrong", wrong);
        model.addAttribute("columns", columns);
        model.addAttribute("choices", choices(project, locale));
        model.addAttribute("faults", faults(load, FAULTS_SHOWN, locale));
        return "casework/marks/load";
    }

    private List<Option> choices(Project project, Locale locale) {
        List<Option> choices = new ArrayList<>();
        choices.add(new Option(AttributeLoads.CASE_CODE, words.text("marks.load.case-code", locale)));
        List<Attribute> inUse = attributes.of(project.id()).stream()
                .filter(each -> !each.retired())
                .toList();
        for (Attribute attribute : inUse) {
            if (attribute.kind() == AttributeKind.EXTERNAL_ID) {
                choices.add(new Option(
                        AttributeLoads.MATCH + attribute.id(),
                        words.text("marks.load.match", locale, attribute.label().in(locale))));
            }
        }
        inUse.forEach(attribute ->
                choices.add(new Option("" + attribute.id(), attribute.label().in(locale))));
        return choices;
    }

    /** What is wrong with a mapping as a whole, or null. */
    private static @Nullable String wrong(List<String> mapping) {
        List<String> used = mapping.stream().filter(each -> !each.isEmpty()).toList();
        long keys = used.stream()
                .filter(each -> each.equals(AttributeLoads.CASE_CODE) || each.startsWith(AttributeLoads.MATCH))
                .count();
        if (keys != 1) {
            return "marks.load.one-key";
        }
        if (new HashSet<>(used).size() != used.size()) {
            return "marks.load.once-each";
        }
        return used.size() == 1 ? "marks.load.no-values" : null;
    }

    private List<FaultLine> faults(Load load, int most, Locale locale) {
        return loads.faults(load, most).stream()
                .map(fault ->
                        new FaultLine(fault.line(), column(load, fault, locale), value(fault), advice(fault, locale)))
                .toList();
    }

    private String column(Load load, Fault fault, Locale locale) {
        return fault.column() == 0
                ? words.text("marks.load.whole-row", locale)
                : words.text(
                        "marks.load.column",
                        locale,
                        fault.column(),
                        load.header().get(fault.column() - 1));
    }

    private static String value(Fault fault) {
        return Set.of("twice", "cells").contains(fault.problem()) ? "" : fault.value();
    }

    private String advice(Fault fault, Locale locale) {
        return AttributeKind.of(fault.problem())
                .map(kind -> words.text(kind.problem(), locale, AttributeKind.LONGEST_TEXT))
                .orElseGet(() -> words.text("marks.fault." + fault.problem(), locale, fault.value()));
    }

    private Load find(Project project, long id) {
        return loads.find(project.id(), id).orElseThrow(() -> new Hidden("attribute load", id));
    }

    private static String path(Project project, long id) {
        return AdminPages.path(project, SECTION) + "/" + id;
    }

    /** The bare name of a file that can only be a text of values. */
    private static String fileName(String header) {
        String bare =
                LargeUpload.fileName(header).orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "case.unreadable"));
        String lower = bare.toLowerCase(Locale.ROOT);
        if (bare.length() > LONGEST_NAME
                || !(lower.endsWith(".csv") || lower.endsWith(".txt") || lower.endsWith(".tsv"))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "marks.load.name");
        }
        return bare;
    }
}
