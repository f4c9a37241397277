package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The engine keeps ids, dates, numbers, flags and codes; people and their words stay in our own tables. */
@AncoraTest
class EngineDataTest {

    /** Of Dana, her aunt, the clinic and the notes; none is a code, an element or a role. */
    private static final List<String> PERSONAL = List.of(
            "Dana",
            "Whitfield",
            "Ruth",
            "5550",
            "555 0",
            "dana.w@",
            "Elm Avenue",
            "Maple",
            "clinic",
            "Bouchard",
            "Okafor",
            "until six",
            "talked over",
            "shelter",
            "Night shift");

    /** The engine's own ids, whose digits are now and then those of a telephone. */
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

    @Autowired
    EngagementWalk walks;

    @Test
    void knowsNobodysNameNumberOrWords() {
        Walk dana = Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());
        dana.finish("decide", Said.decision("try-again", "2026-12-14"))
                .moveTo("2026-12-14T09:00")
                .finish("record-round", Said.with(Said.NOBODY_ANSWERED, Map.of("note", "Night shift at the clinic")))
                .finish("decide", Said.decision("close"));
        Walk other = Place.REFUSAL.reach(dana.team());
        other.finish("confirm-refusal", Said.with(Said.REFUSAL_CONFIRMED, Map.of("note", "Night shift")));
        dana.finish("review-letter", Said.LETTER_SKIPPED);
        assertThat(dana.ended()).containsExactly("closed-no-contact");

        assertThat(everyWord("engine")).isNotEmpty().noneSatisfy(word -> assertThat(PERSONAL)
                .anySatisfy(name -> assertThat(word).containsIgnoringCase(name)));
        assertThat(everyWord("public")).anySatisfy(word -> assertThat(word).contains("Night shift"));
    }

    @Test
    void keepsOnlyDeclaredVariables() {
        Place.SUPERVISOR_ON_SOURCE.reach(walks.inOntario());

        assertThat(walks.jdbc
                        .sql("select distinct var_type_ from engine.act_hi_varinst")
                        .query(String.class)
                        .list())
                .isSubsetOf("string", "long", "integer", "boolean", "date", "null");
        assertThat(walks.jdbc
                        .sql("select distinct text_ from engine.act_hi_varinst where var_type_ = 'string'")
                        .query(String.class)
                        .list())
                .allSatisfy(code -> assertThat(code).matches("[a-z0-9-]+"));
    }

    /** Every text in the tables that the engine fills while procedures run, and in what it stores as bytes. */
    private List<String> everyWord(String schema) {
        List<String> words = new ArrayList<>();
        List<String> columns =
                walks.jdbc.sql("""
                        select format('select distinct %I::text from %I.%I where %I is not null',
                                      column_name, table_schema, table_name, column_name)
                          from information_schema.columns
                         where table_schema = :schema
                           and (data_type in ('character varying', 'text', 'jsonb'))
                           and table_name not like 'act\\_re\\_%' and table_name not like 'act\\_ge\\_%'
                           and table_name not like 'flyway%'""").param("schema", schema).query(String.class).list();
        for (String column : columns) {
            words.addAll(walks.jdbc.sql(column).query(String.class).list());
        }
        if (schema.equals("engine")) {
            words.addAll(walks.jdbc
                    .sql(
                            "select convert_from(bytes_, 'LATIN1') from engine.act_ge_bytearray where deployment_id_ is null")
                    .query(String.class)
                    .list());
        }
        return words.stream().map(word -> ID.matcher(word).replaceAll("")).toList();
    }
}
