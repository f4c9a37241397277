package org.ancora.process.studio;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Findings of the model check as people read them: file by file, what refuses before what only warns. */
@Component
public class FindingWords {

    private final MessageSource messages;
    private final StudioWords names;

    FindingWords(MessageSource messages, StudioWords names) {
        this.messages = messages;
        this.names = names;
    }

    /**
     * One finding.
     *
     * @param title what people call the file
     * @param element null where it concerns the whole file
     * @param name what people call the element; empty where it has no words yet
     * @param line 0 where it concerns the whole file
     * @param severity {@code error} or {@code warning}
     */
    public record Line(
            String file,
            String title,
            @Nullable String element,
            String name,
            int line,
            String rule,
            String words,
            String severity) {

        /** Whether somebody who reads the file finds what is meant by its line: nobody reads a diagram or a form so. */
        public boolean isRead() {
            return line > 0 && (file.endsWith(".html") || file.endsWith(".txt") || file.endsWith(".properties"));
        }

        /** Whether it is about a file that an editor opens. */
        public boolean editable() {
            return ProcessFolder.isPath(file);
        }

        /** Whether it stands in the way of publishing. */
        public boolean refuses() {
            return severity.equals("error");
        }
    }

    /** In the order in which they are best put right. */
    public List<Line> lines(List<Finding> findings, Locale language) {
        return lines(
                findings, Map.of(), file -> ProcessFolder.isPath(file) ? names.file(file, language) : file, language);
    }

    /** The same, each file called as {@link StudioWords#titles} has it. */
    public List<Line> lines(List<Finding> findings, ProcessFolder folder, Locale language) {
        UnaryOperator<String> titles = names.titles(folder, language);
        return lines(
                findings, folder.files(), file -> ProcessFolder.isPath(file) ? titles.apply(file) : file, language);
    }

    private List<Line> lines(
            List<Finding> findings, Map<String, byte[]> files, UnaryOperator<String> titles, Locale language) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::refuses)
                        .reversed()
                        .thenComparing(Finding::file)
                        .thenComparingInt(Finding::line))
                .map(finding -> line(finding, files, titles, language))
                .toList();
    }

    private Line line(Finding finding, Map<String, byte[]> files, UnaryOperator<String> titles, Locale language) {
        String element = finding.element();
        return new Line(
                finding.file(),
                titles.apply(finding.file()),
                element,
                element == null || !ProcessFolder.isPath(finding.file())
                        ? ""
                        : name(finding.file(), element, files, language),
                finding.line(),
                finding.rule(),
                sentence(finding, titles, language),
                finding.severity().name().toLowerCase(Locale.ROOT));
    }

    private String name(String file, String element, Map<String, byte[]> files, Locale language) {
        String words = names.element(file, element, language);
        byte[] content = files.get(file);
        return words.isEmpty() && content != null && file.endsWith(".bpmn")
                ? names.drawn(content, element, language)
                : words;
    }

    /**
     * Languages are named, not told by their codes; a form that nobody chose has no name that could be told; a doubt about a row
     * names the table as people call it.
     */
    private String sentence(Finding finding, UnaryOperator<String> titles, Locale language) {
        if (finding.rule().equals("label") && finding.arguments().size() == 2) {
            String languages = Stream.of(finding.arguments().get(1).split(", "))
                    .map(code -> names.language(code, language))
                    .collect(Collectors.joining(", "));
            String key = finding.arguments().get(0);
            String element = finding.element();
            if (element != null && key.endsWith(element + ".guidance")) {
                return names.text("studio.finding.guidance", language, languages);
            }
            return element != null && (key.endsWith(element) || key.endsWith(element + ".step"))
                    ? names.text("studio.finding.label", language, languages)
                    : names.text("model.label", language, key, languages);
        }
        if (finding.rule().equals("unknown-form") && finding.arguments().contains("")) {
            return names.text("studio.finding.no-form", language);
        }
        if (finding.file().endsWith(".dmn") && !finding.refuses()) {
            String table = finding.file().substring(0, finding.file().length() - ".dmn".length());
            Object[] named = finding.arguments().stream()
                    .map(said -> said.equals(table) ? titles.apply(finding.file()) : said)
                    .toArray();
            return names.text("model." + finding.rule(), language, named);
        }
        return String.valueOf(messages.getMessage(finding, language));
    }
}
