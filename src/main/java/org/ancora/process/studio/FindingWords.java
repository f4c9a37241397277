package org.ancora.process.studio;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Findings of the model check as people read them: file by file, what refuses before what only warns. */
@Component
public class FindingWords {

    private final MessageSource messages;

    FindingWords(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * One finding.
     *
     * @param element null where it concerns the whole file
     * @param line 0 where it concerns the whole file
     * @param severity {@code error} or {@code warning}
     */
    public record Line(String file, @Nullable String element, int line, String rule, String words, String severity) {

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
        return findings.stream()
                .sorted(Comparator.comparing(Finding::refuses)
                        .reversed()
                        .thenComparing(Finding::file)
                        .thenComparingInt(Finding::line))
                .map(finding -> line(finding, language))
                .toList();
    }

    private Line line(Finding finding, Locale language) {
        return new Line(
                finding.file(),
                finding.element(),
                finding.line(),
                finding.rule(),
                String.valueOf(messages.getMessage(finding, language)),
                finding.severity().name().toLowerCase(Locale.ROOT));
    }
}
