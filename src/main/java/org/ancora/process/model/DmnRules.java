package org.ancora.process.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.ProcessVariable.Kind;
import org.ancora.process.RowDoubt;

/** What a decision table must be like beyond its elements. */
final class DmnRules {

    private static final Map<String, Set<Kind>> KINDS = Map.of(
            "string", Set.of(Kind.CODE),
            "boolean", Set.of(Kind.FLAG),
            "integer", Set.of(Kind.NUMBER, Kind.ID),
            "long", Set.of(Kind.NUMBER, Kind.ID),
            "number", Set.of(Kind.NUMBER),
            "date", Set.of(Kind.INSTANT),
            "dateTime", Set.of(Kind.INSTANT));

    /**
     * A word, or several with blanks or dashes between them: the names of values, or text without its quotation marks. Possessive, so
     * that a long text is read without a frame of the stack for each of its words.
     */
    private static final Pattern BARE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*+(?:[ -]++[\\p{L}\\p{N}_]++)*+");

    private static final Set<String> KEYWORDS =
            Set.of("true", "false", "null", "if", "then", "else", "and", "or", "not", "in", "between");

    /** By what a column gives: how an answer of the kinds that it does not give is written, and the rule that says so. */
    private static final Map<String, Answer> ANSWERS = Map.of(
            "integer", new Answer("answer-number", "true|false|\"[^\"]*\"|-?\\d*\\.\\d+"),
            "long", new Answer("answer-number", "true|false|\"[^\"]*\"|-?\\d*\\.\\d+"),
            "number", new Answer("answer-number", "true|false|\"[^\"]*\""),
            "string", new Answer("answer-text", "true|false|-?\\d*\\.?\\d+"),
            "boolean", new Answer("answer-flag", "\"[^\"]*\"|-?\\d*\\.?\\d+"));

    /** What is said of an answer of another kind. */
    private record Answer(String rule, String otherKind) {}

    private final String file;
    private final Map<String, Kind> declared;
    private final Set<RowDoubt> doubts;
    private final List<Finding> findings = new ArrayList<>();

    private DmnRules(String file, Map<String, Kind> declared, Set<RowDoubt> doubts) {
        this.file = file;
        this.declared = declared;
        this.doubts = doubts;
    }

    static List<Finding> check(String file, XmlElement root, Map<String, Kind> declared, Set<RowDoubt> doubts) {
        DmnRules rules = new DmnRules(file, declared, doubts);
        List<XmlElement> decisions = root.children("dmn:decision").toList();
        if (decisions.size() != 1 || !decisions.get(0).attribute("id", "").equals(ProcessFolder.stem(file))) {
            rules.add(root, "file-name", ProcessFolder.stem(file));
        }
        decisions.forEach(rules::decision);
        return rules.findings;
    }

    private void decision(XmlElement decision) {
        if (!decision.attribute("cdmn:historyTimeToLive", "").matches("P\\d+D")) {
            add(decision, "time-to-live");
        }
        List<XmlElement> tables = decision.children("dmn:decisionTable").toList();
        if (tables.size() != 1) {
            add(decision, "decision-incomplete", decision.attribute("id", ""));
        }
        tables.forEach(this::table);
        tables.forEach(table -> doubts.stream()
                .filter(doubt -> doubt.decision().equals(decision.attribute("id", "")))
                .forEach(doubt -> doubt(doubt, table)));
    }

    /** What runs, but not as its owner may think. */
    private void doubt(RowDoubt doubt, XmlElement table) {
        RowDoubt.Look look = doubt.look().get();
        List<String> names = table.children("dmn:output")
                .map(output -> output.attribute("name", ""))
                .toList();
        List<XmlElement> rows = table.children("dmn:rule").toList();
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = texts(rows.get(row), "dmn:outputEntry").toList();
            Map<String, String> gives = new HashMap<>();
            for (int cell = 0; cell < Math.min(names.size(), cells.size()); cell++) {
                gives.put(names.get(cell), cells.get(cell));
            }
            List<String> about = look.at(gives);
            if (!about.isEmpty()) {
                List<Object> named = new ArrayList<>(List.of(doubt.decision(), row + 1));
                named.addAll(about);
                XmlElement where = rows.get(row);
                findings.add(Finding.warning(file, where.nearestId(), where.line(), doubt.rule(), named.toArray()));
            }
        }
    }

    private void table(XmlElement table) {
        if (!Set.of("UNIQUE", "FIRST", "ANY").contains(table.attribute("hitPolicy", "UNIQUE"))) {
            add(table, "decision-hit-policy", table.attribute("hitPolicy", ""));
        }
        List<XmlElement> inputs = table.children("dmn:input").toList();
        List<XmlElement> outputs = table.children("dmn:output").toList();
        inputs.forEach(this::input);
        outputs.forEach(this::output);
        List<XmlElement> rules = table.children("dmn:rule").toList();
        if (inputs.isEmpty() || outputs.isEmpty() || rules.isEmpty()) {
            add(table, "decision-incomplete", table.attribute("id", ""));
        }
        Set<String> known = Stream.concat(
                        declared.keySet().stream(), inputs.stream().flatMap(DmnRules::asked))
                .collect(Collectors.toSet());
        List<String> types =
                outputs.stream().map(output -> output.attribute("typeRef", "")).toList();
        rules.forEach(rule -> row(rule, inputs.size(), types, known));
        if (rules.stream().allMatch(rule -> texts(rule, "dmn:inputEntry").count() == inputs.size())) {
            coverage(table, inputs, rules);
        }
    }

    /** Every question has an answer, and where only one row may fit, no question has two. */
    private void coverage(XmlElement table, List<XmlElement> inputs, List<XmlElement> rules) {
        DecisionCoverage.check(
                        inputs.stream().map(DmnRules::said).toList(),
                        rules.stream()
                                .map(rule -> new DecisionCoverage.Row(
                                        rule.attribute("id", ""),
                                        texts(rule, "dmn:inputEntry").toList()))
                                .toList(),
                        table.attribute("hitPolicy", "UNIQUE").equals("UNIQUE"))
                .forEach(fault -> add(table, fault.rule(), fault.what()));
    }

    private static DecisionCoverage.Input said(XmlElement input) {
        XmlElement expression =
                input.children("dmn:inputExpression").findFirst().orElse(input);
        return new DecisionCoverage.Input(
                text(expression),
                expression.attribute("typeRef", "string"),
                texts(input, "dmn:inputValues").findFirst().orElse(""));
    }

    private void input(XmlElement input) {
        Optional<String> expression =
                input.children("dmn:inputExpression").findFirst().map(DmnRules::text);
        if (expression.isEmpty() || !expression.get().matches("[a-z][A-Za-z0-9]*")) {
            add(input, "decision-input", expression.orElse(""));
        }
        texts(input, "dmn:inputValues").forEach(text -> feel(input, text, true));
    }

    private void output(XmlElement output) {
        String name = output.attribute("name", "");
        Kind kind = declared.get(name);
        if (kind == null) {
            add(output, "undeclared-variable", name);
        } else if (!KINDS.getOrDefault(output.attribute("typeRef", ""), Set.of())
                .contains(kind)) {
            add(output, "variable-kind", name, output.attribute("typeRef", ""));
        }
    }

    private static Stream<String> asked(XmlElement input) {
        return input.children("dmn:inputExpression").map(DmnRules::text);
    }

    /**
     * @param types what each column of answers gives
     * @param known the values that a cell may name
     */
    private void row(XmlElement rule, int inputs, List<String> types, Set<String> known) {
        List<String> tests = texts(rule, "dmn:inputEntry").toList();
        List<String> answers = texts(rule, "dmn:outputEntry").toList();
        if (tests.size() != inputs
                || answers.size() != types.size()
                || answers.stream().anyMatch(String::isBlank)) {
            add(rule, "decision-incomplete", rule.attribute("id", ""));
        }
        rule.children("dmn:inputEntry").forEach(entry -> {
            cell(entry, true);
            if (namesNothing(text(entry), known)) {
                add(entry, "decision-word", text(entry));
            }
        });
        List<XmlElement> cells = rule.children("dmn:outputEntry").toList();
        for (int column = 0; column < cells.size(); column++) {
            cell(cells.get(column), false);
            answer(cells.get(column), column < types.size() ? types.get(column) : "", known);
        }
    }

    /** A word that means nothing would be no answer at all, and one of another kind none that a procedure can use. */
    private void answer(XmlElement entry, String type, Set<String> known) {
        String text = text(entry);
        Answer answer = ANSWERS.get(type);
        if (answer != null && (text.matches(answer.otherKind()) || namesNothing(text, known))) {
            add(entry, answer.rule(), text);
        } else if (answer == null && namesNothing(text, known)) {
            add(entry, "decision-word", text);
        }
    }

    private static boolean namesNothing(String text, Set<String> known) {
        return BARE.matcher(text).matches()
                && Stream.of(text.split("[ -]+"))
                        .anyMatch(word -> !KEYWORDS.contains(word) && !known.contains(word) && !word.matches("\\d+"));
    }

    /** What is wrong in a cell is said of the cell. */
    private void cell(XmlElement entry, boolean test) {
        String text = text(entry);
        if (!text.isBlank()) {
            feel(entry, text, test);
        }
    }

    private void feel(XmlElement element, String text, boolean test) {
        PortableFeel.banned(text).ifPresent(word -> add(element, "feel-banned", word));
        if (!(test ? PortableFeel.isUnaryTest(text) : PortableFeel.isExpression(text))) {
            add(element, "feel", text);
        }
    }

    private static Stream<String> texts(XmlElement element, String name) {
        return element.children(name).map(DmnRules::text);
    }

    private static String text(XmlElement element) {
        return element.children("dmn:text")
                .map(XmlElement::text)
                .findFirst()
                .orElse("")
                .strip();
    }

    private void add(XmlElement element, String rule, String... arguments) {
        findings.add(Finding.error(file, element.nearestId(), element.line(), rule, (Object[]) arguments));
    }
}
