package org.ancora.process.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormCheckTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final FormCheck check = new FormCheck(new Feel());

    @Test
    void keepsWhatIsVisibleOpenAndValid() {
        Checked checked = check("""
                {"type":"textfield","key":"name","validate":{"required":true,"minLength":2,"maxLength":10}},
                {"type":"number","key":"age","validate":{"min":0,"max":120},"decimalDigits":0},
                {"type":"checkbox","key":"agreed"},
                {"type":"datetime","key":"day","subtype":"date"}
                """, Map.of("name", "Dana", "age", 34, "agreed", true, "day", "2026-11-30"));

        assertThat(checked.accepted()).isTrue();
        assertThat(checked.values())
                .containsEntry("name", "Dana")
                .containsEntry("age", new BigDecimal("34"))
                .containsEntry("agreed", true)
                .containsEntry("day", "2026-11-30");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"textfield","key":"x","validate":{"required":true}}                | ""            | required
                    {"type":"textfield","key":"x","validate":{"minLength":3}}                  | "ab"          | min-length
                    {"type":"textarea","key":"x","validate":{"maxLength":3}}                   | "abcd"        | max-length
                    {"type":"textfield","key":"x","validate":{"pattern":"^[A-Z]+$"}}           | "abc"         | pattern
                    {"type":"textfield","key":"x","validate":{"validationType":"email"}}       | "ana@"        | email
                    {"type":"textfield","key":"x","validate":{"validationType":"phone"}}       | "12"          | phone
                    {"type":"textfield","key":"x"}                                             | 12            | invalid
                    {"type":"textfield","key":"x"}                                             | {"a":1}       | invalid
                    {"type":"number","key":"x"}                                                | "twelve"      | number
                    {"type":"number","key":"x"}                                                | 1e999999999   | number
                    {"type":"number","key":"x","validate":{"min":3}}                           | 2             | min
                    {"type":"number","key":"x","validate":{"max":3}}                           | 3.5           | max
                    {"type":"number","key":"x","decimalDigits":0}                              | 1.5           | whole
                    {"type":"number","key":"x","increment":"0.5"}                              | 1.2           | increment
                    {"type":"checkbox","key":"x","validate":{"required":true}}                 | false         | required
                    {"type":"checkbox","key":"x"}                                              | "yes"         | invalid
                    {"type":"radio","key":"x","values":[{"value":"a","label":"A"}]}            | "b"           | option
                    {"type":"select","key":"x","values":[{"value":"a","label":"A"}]}           | ["a"]         | option
                    {"type":"checklist","key":"x","values":[{"value":"a","label":"A"}]}        | ["a","b"]     | option
                    {"type":"checklist","key":"x","validate":{"required":true},"values":["a"]} | []            | required
                    {"type":"taglist","key":"x","values":[{"value":"a","label":"A"}]}          | "a"           | invalid
                    {"type":"datetime","key":"x","subtype":"date"}                             | "2026-02-30"  | date
                    {"type":"datetime","key":"x","subtype":"date","disallowPassedDates":true}  | "2026-11-22"  | past
                    {"type":"datetime","key":"x","subtype":"time"}                             | "25:00"       | date
                    {"type":"datetime","key":"x","subtype":"datetime"}                         | "2026-11-30"  | date
                    """)
    void refuses(String field, String answer, String rule) {
        Map<String, ?> answers = cast(FormSchema.parse("{\"id\":\"t\",\"answers\":{\"x\":" + answer + "}}")
                .source()
                .get("answers"));

        Checked checked = check(field, answers);

        assertThat(checked.problems().get("x"))
                .anySatisfy(problem -> assertThat(problem.getCodes()).contains("form.error." + rule));
        assertThat(checked.values()).doesNotContainKey("x");
    }

    @Test
    void refusesKeysTheFormDoesNotHave() {
        String field = "{\"type\":\"textfield\",\"key\":\"name\"}";

        assertThatThrownBy(() -> check(field, Map.of("name", "Dana", "projectId", 7)))
                .isInstanceOf(UnknownFields.class)
                .hasMessageContaining("projectId");
        assertThatThrownBy(() -> check.draft(form(field), Map.of("outcome", "reached")))
                .isInstanceOf(UnknownFields.class);
    }

    @Test
    void takesNothingFromTheBrowserForShutFields() {
        Checked checked =
                check("""
                {"type":"textfield","key":"code","readonly":true},
                {"type":"textfield","key":"old","disabled":true,"validate":{"required":true}},
                {"type":"textfield","key":"locked","readonly":"=code = \\"A\\""},
                {"type":"textfield","key":"note","conditional":{"hide":"=code = \\"forged\\""}}
                """, Map.of("code", "A"), Map.of("code", "forged", "old", "x", "locked", "y", "note", "kept"));

        assertThat(checked.values()).isEqualTo(Map.of("note", "kept"));
    }

    @Test
    void dropsWhatIsHiddenAndDoesNotAskForIt() {
        String fields = """
                {"type":"radio","key":"outcome","values":[{"value":"spoke"},{"value":"other"}],"validate":{"required":true}},
                {"type":"textfield","key":"what","validate":{"required":true},"conditional":{"hide":"=outcome != \\"other\\""}},
                {"type":"textfield","key":"more","conditional":{"hide":"=what = null"}}
                """;

        assertThat(check(fields, Map.of("outcome", "spoke", "what", "x", "more", "y"))
                        .values())
                .isEqualTo(Map.of("outcome", "spoke"));
        assertThat(check(fields, Map.of("outcome", "other", "more", "y")).problems())
                .containsOnlyKeys("what");
        assertThat(check(fields, Map.of("outcome", "other", "what", "x", "more", "y"))
                        .values())
                .isEqualTo(Map.of("outcome", "other", "what", "x", "more", "y"));
    }

    @Test
    void conditionsSeeWhatWasPrepared() {
        String field = "{\"type\":\"textfield\",\"key\":\"note\",\"conditional\":{\"hide\":\"=round < 2\"}}";

        assertThat(check(field, Map.of("round", 1), Map.of("note", "x")).values())
                .isEmpty();
        assertThat(check(field, Map.of("round", 2), Map.of("note", "x")).values())
                .containsEntry("note", "x");
    }

    @Test
    void offersOnlyPreparedOptionsThatAreOpen() {
        String field = "{\"type\":\"radio\",\"key\":\"way\",\"valuesKey\":\"ways\"}";
        Map<String, Object> prepared = Map.of(
                "ways",
                List.of(Map.of("value", "sms", "label", "Text"), Map.of("value", "email", "disabled", "no consent")));

        assertThat(check(field, prepared, Map.of("way", "sms")).accepted()).isTrue();
        assertThat(check(field, prepared, Map.of("way", "email")).problems().get("way"))
                .anySatisfy(problem -> assertThat(problem.getCodes()).contains("form.error.closed-option"));
        assertThat(check(field, prepared, Map.of("way", "post")).accepted()).isFalse();
    }

    @Test
    void checksEveryRowOfARepeatedGroupWithItsOwnCondition() {
        String fields = """
                {"type":"dynamiclist","path":"people","isRepeating":true,"components":[
                  {"type":"textfield","key":"name","validate":{"required":true}},
                  {"type":"textfield","key":"phone","conditional":{"hide":"=this.name = \\"Ruth\\""}}]},
                {"type":"group","path":"second","components":[{"type":"number","key":"days","validate":{"max":5}}]}
                """;
        Map<String, Object> answers = Map.of(
                "people",
                List.of(
                        Map.of("name", "Ruth", "phone", "1"),
                        Map.of("phone", "2"),
                        Map.of("name", "Ana", "phone", "3")),
                "second",
                Map.of("days", 6));

        Checked checked = check(fields, answers);

        assertThat(checked.problems()).containsOnlyKeys("people.1.name", "second.days");
        assertThat(checked.values().get("people"))
                .isEqualTo(List.of(Map.of("name", "Ruth"), Map.of("phone", "2"), Map.of("name", "Ana", "phone", "3")));
        assertThatThrownBy(() -> check(fields, Map.of("people", List.of(Map.of("role", "admin")))))
                .isInstanceOf(UnknownFields.class)
                .hasMessageContaining("people.role");
        assertThatThrownBy(() -> check(fields, Map.of("second", "text"))).isInstanceOf(UnknownFields.class);
    }

    @Test
    void hidesAWholeGroup() {
        Checked checked = check("""
                {"type":"checkbox","key":"agreed"},
                {"type":"group","conditional":{"hide":"=agreed != true"},"components":[
                  {"type":"textfield","key":"name","validate":{"required":true}}]}
                """, Map.of("agreed", false, "name", "x"));

        assertThat(checked.accepted()).isTrue();
        assertThat(checked.values()).isEqualTo(Map.of("agreed", false));
    }

    @Test
    void losesPatienceWithARunawayPattern() {
        String field = "{\"type\":\"textfield\",\"key\":\"x\",\"validate\":{\"pattern\":\"^(a+)+$\"}}";

        assertThat(check(field, Map.of("x", "a".repeat(60) + "!")).accepted()).isFalse();
    }

    @Test
    void draftsKeepWhateverIsTypedIntoOpenFields() {
        Map<String, Object> answers = new HashMap<>();
        answers.put("name", "D");
        answers.put("code", "forged");
        answers.put("age", null);

        Map<String, Object> draft = check.draft(form("""
                        {"type":"textfield","key":"name","validate":{"minLength":5}},
                        {"type":"textfield","key":"code","readonly":true},
                        {"type":"number","key":"age"}
                        """), answers);

        assertThat(draft).isEqualTo(Map.of("name", "D"));
    }

    private Checked check(String components, Map<String, ?> answers) {
        return check(components, Map.of(), answers);
    }

    private Checked check(String components, Map<String, ?> prepared, Map<String, ?> answers) {
        return check.check(form(components), prepared, answers, () -> TODAY);
    }

    private static FormSchema form(String components) {
        return FormSchema.parse("{\"id\":\"test\",\"type\":\"default\",\"components\":[" + components + "]}");
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
