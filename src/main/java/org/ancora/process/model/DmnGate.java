package org.ancora.process.model;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gate for decision tables: one plain table a decision, in FEEL only. */
final class DmnGate {

    private static final Set<String> FEEL = Set.of(
            "feel",
            "FEEL",
            "https://www.omg.org/spec/DMN/20191111/FEEL/",
            "http://www.omg.org/spec/DMN/20180521/FEEL/",
            "http://www.omg.org/spec/FEEL/20140401");

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry(
                    "dmn:definitions",
                    Set.of(
                            "id",
                            "name",
                            "namespace",
                            "exporter",
                            "exporterVersion",
                            "expressionLanguage",
                            "modeler:executionPlatform",
                            "modeler:executionPlatformVersion")),
            entry("dmn:decision", Set.of("id", "name", "cdmn:historyTimeToLive", "cdmn:versionTag")),
            entry("dmn:description", Set.of()),
            entry("dmn:decisionTable", Set.of("id", "hitPolicy", "preferredOrientation")),
            entry("dmn:input", Set.of("id", "label", "cdmn:inputVariable")),
            entry("dmn:inputExpression", Set.of("id", "typeRef", "expressionLanguage")),
            entry("dmn:inputValues", Set.of("id", "expressionLanguage")),
            entry("dmn:output", Set.of("id", "label", "name", "typeRef")),
            entry("dmn:outputValues", Set.of("id", "expressionLanguage")),
            entry("dmn:rule", Set.of("id")),
            entry("dmn:inputEntry", Set.of("id", "expressionLanguage")),
            entry("dmn:outputEntry", Set.of("id", "expressionLanguage")),
            entry("dmn:annotation", Set.of("name")),
            entry("dmn:annotationEntry", Set.of()),
            entry("dmn:text", Set.of()),
            entry("dmndi:DMNDI", Set.of()),
            entry("dmndi:DMNDiagram", Set.of("id", "name")),
            entry("dmndi:DMNShape", Set.of("id", "dmnElementRef")),
            entry("ddc:Bounds", Set.of("x", "y", "width", "height")),
            entry("ddc:Dimension", Set.of("width", "height")));

    private DmnGate() {}

    static List<Finding> check(String file, XmlElement root) {
        List<Finding> findings = new ArrayList<>();
        if (!root.is("dmn:definitions")) {
            findings.add(Finding.error(file, null, root.line(), "element", root.name()));
            return findings;
        }
        root.all().forEach(element -> {
            Set<String> allowed = ALLOWED.get(element.name());
            if (allowed == null) {
                findings.add(error(file, element, "element", element.name()));
                return;
            }
            element.attributes().forEach((name, value) -> {
                if (!allowed.contains(name)) {
                    findings.add(error(file, element, "attribute", element.name(), name));
                } else if (name.equals("expressionLanguage") && !FEEL.contains(value)) {
                    findings.add(error(file, element, "decision-language", value));
                } else if (ConditionLanguage.looksLikeExpression(value)) {
                    findings.add(error(file, element, "stray-expression", name));
                }
            });
            if (ConditionLanguage.looksLikeExpression(element.text())) {
                findings.add(error(file, element, "stray-expression", element.name()));
            }
            if (!element.text().isBlank() && !element.is("dmn:text", "dmn:description")) {
                findings.add(error(file, element, "stray-text", element.name()));
            }
        });
        return findings;
    }

    private static Finding error(String file, XmlElement element, String rule, String... arguments) {
        return Finding.error(file, element.nearestId(), element.line(), rule, (Object[]) arguments);
    }
}
