package org.ancora.process.guide;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.OwnersWords;
import org.ancora.process.guide.Guide.Fact;
import org.ancora.process.guide.Guide.RowView;
import org.ancora.process.guide.Guide.TableView;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The words of diagrams and tables in a person's language, by the same keys as on the pages of tasks: what has no words of its
 * own, such as a step that an owner added, is called as its file calls it.
 */
@Component
public class GuideWords {

    private static final Object[] NOTHING = {};
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d");
    private static final Set<String> OWNED = Set.of("process", "task", "flow", "decision");

    private final MessageSource messages;
    private final OwnersWords own;

    GuideWords(MessageSource messages, OwnersWords own) {
        this.messages = messages;
        this.own = own;
    }

    /** A message in a language. */
    public String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    /** The name of a procedure, for want of words of our own as its file has it. */
    public String procedure(String key, String name, Locale language) {
        return first(name.isEmpty() ? key : name, language, "process." + key);
    }

    String about(Plan plan, Locale language) {
        return translated("process." + plan.key() + ".about", plan.about(), language);
    }

    /** The name of a place; one without a name is called by what it is. */
    public String title(Plan plan, Plan.Node node, Locale language) {
        String name = node.name().isEmpty() ? text("guide.kind." + node.kind().code(), language) : node.name();
        return element(plan.key(), node.id(), name, language);
    }

    /** The name of any element of a diagram, for want of words of our own as its file has it. */
    public String element(String process, String id, String name, Locale language) {
        String task = "task." + process + "." + id;
        return first(name, language, task + ".step", task, "flow." + process + "." + id);
    }

    /** What is to be kept in mind, line by line. */
    List<String> guidance(String process, Plan.Node node, Locale language) {
        return lines(first(node.guidance(), language, "task." + process + "." + node.id() + ".guidance"));
    }

    /** What is to be kept in mind besides where the procedure is called from this place; empty for the most part. */
    List<String> guidanceWhenCalled(String called, String task, String caller, Locale language) {
        return lines(first("", language, "task." + called + "." + task + "." + caller + ".guidance"));
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceFirst("^[-*•]\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** "Coordinator, Supervisor"; the person to whom it falls first. */
    private String who(Plan.Node task, Locale language) {
        String roles = task.roles().stream()
                .map(role -> first(role, language, "role." + role))
                .collect(Collectors.joining(", "));
        if (task.assignee() == null) {
            return roles;
        }
        String person = first(text("guide.assignee", language), language, "guide.assignee." + task.assignee());
        return roles.isEmpty() ? person : text("guide.assignee.of", language, person, roles);
    }

    /** Whoever does what is done at a place: people, Ancora, or nobody. */
    public String does(Plan.Node node, Locale language) {
        return switch (node.kind()) {
            case TASK -> who(node, language);
            case STEP -> text("guide.who.ancora", language);
            default -> "";
        };
    }

    /** What Ancora does in a step, in a sentence; empty where nothing says so. */
    String deed(@Nullable String step, Locale language) {
        return step == null ? "" : first("", language, "step." + step + ".description");
    }

    String stepTitle(String step, Locale language) {
        return first(step, language, "step." + step + ".title");
    }

    /** "close", "otherwise", or the condition as it is written. */
    public String when(Plan plan, Plan.Way way, Locale language) {
        String named = way.name().isEmpty() ? "" : element(plan.key(), way.flow(), way.name(), language);
        if (!named.isEmpty()) {
            return text("guide.if", language, named);
        }
        String condition = way.condition();
        return condition == null || way.otherwise()
                ? text(way.otherwise() ? "guide.otherwise" : "guide.then", language)
                : text("guide.if", language, condition);
    }

    TableView table(Table table, Locale language) {
        String key = "decision." + table.key();
        return new TableView(
                table.key(),
                translated(key, table.name(), language),
                translated(key + ".about", table.about(), language),
                table.rows().stream().map(row -> row(table, row, language)).toList());
    }

    private RowView row(Table table, Table.Row row, Locale language) {
        List<Fact> tests = Stream.iterate(0, column -> column < row.tests().size(), column -> column + 1)
                .filter(column -> !row.tests().get(column).isEmpty())
                .map(column -> new Fact(
                        column(table, table.inputs().get(column), language),
                        value(table, row.tests().get(column), language)))
                .toList();
        List<Fact> answers = Stream.iterate(0, column -> column < row.answers().size(), column -> column + 1)
                .map(column -> new Fact(
                        column(table, table.outputs().get(column), language),
                        value(table, row.answers().get(column), language)))
                .toList();
        return new RowView(rowTitle(table, row, language), tests, answers);
    }

    /** What the row is about, else what it asks for, else that it holds always. */
    String rowTitle(Table table, Table.Row row, Locale language) {
        if (!row.about().isEmpty()) {
            return translated("decision." + table.key() + "." + row.id(), row.about(), language);
        }
        String tests = Stream.iterate(0, column -> column < row.tests().size(), column -> column + 1)
                .filter(column -> !row.tests().get(column).isEmpty())
                .map(column -> column(table, table.inputs().get(column), language) + ": "
                        + value(table, row.tests().get(column), language))
                .collect(Collectors.joining(", "));
        return tests.isEmpty() ? text("guide.always", language) : tests;
    }

    private String column(Table table, Table.Column column, Locale language) {
        return translated("decision." + table.key() + "." + column.id(), column.label(), language);
    }

    /** Texts without their quotes, yes and no in words; any other test as it is written. */
    private String value(Table table, String value, Locale language) {
        if (Set.of("true", "false").contains(value)) {
            return text("guide." + value, language);
        }
        return Table.isPlain(value)
                ? Stream.of(value.split("\\s*,\\s*", -1))
                        .map(each -> each.substring(1, each.length() - 1))
                        .map(each -> first(each, language, "decision." + table.key() + ".value." + each))
                        .collect(Collectors.joining(", "))
                : value;
    }

    /** Our translation of what a file says, as long as the file still says what was translated. */
    private String translated(String key, String inFile, Locale language) {
        String said = said(key, language);
        if (said != null) {
            return said;
        }
        String english = messages.getMessage(key, NOTHING, null, Locale.ENGLISH);
        return inFile.equals(english) ? text(key, language) : inFile;
    }

    /** What the owner said in the newest version of a procedure or table; the key names it in its second place. */
    private @Nullable String said(String key, Locale language) {
        String[] parts = key.split("\\.", -1);
        String words = parts.length > 1 && OWNED.contains(parts[0])
                ? own.newest(parts[0].equals("decision") ? "decision." + parts[1] : parts[1], key, language)
                : null;
        return words == null || ARGUMENT.matcher(words).find() ? null : words;
    }

    /**
     * The first of these that the owner said, else the first of these messages; one that needs an argument says nothing
     * here.
     */
    private String first(String fallback, Locale language, String... keys) {
        for (String key : keys) {
            String said = said(key, language);
            if (said != null) {
                return said;
            }
        }
        for (String key : keys) {
            String words = messages.getMessage(key, NOTHING, null, language);
            if (words != null && !ARGUMENT.matcher(words).find()) {
                return words;
            }
        }
        return fallback;
    }
}
