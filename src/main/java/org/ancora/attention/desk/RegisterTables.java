package org.ancora.attention.desk;

import java.io.IOException;
import java.io.Reader;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Registers that are kept here because they cannot be asked: loaded from CSV, a new file replacing the one before. */
@Component
class RegisterTables {

    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private static final int MOST_ROWS = 200_000;

    private static final String DOCUMENT = "document";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RegisterTables(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /** How many entries a register has here, and of when they are. */
    record Stand(int entries, @Nullable Instant loadedAt) {}

    RegisterAnswer find(Register register, ProjectId project, String document) {
        Optional<String> facts = jdbc.sql("""
                        select facts from register_entry
                         where project_id = :project and register = :register and document = :document
                        """)
                .param("project", project.value())
                .param("register", register.code())
                .param("document", plain(document))
                .query(String.class)
                .optional();
        if (facts.isPresent()) {
            return new RegisterAnswer.Found(json.readValue(facts.get(), FACTS));
        }
        return stand(register, project).entries() == 0 ? new RegisterAnswer.NotSetUp() : new RegisterAnswer.NotFound();
    }

    Stand stand(Register register, ProjectId project) {
        return jdbc.sql("""
                        select count(*) as entries, max(loaded_at) as loaded_at from register_entry
                         where project_id = :project and register = :register
                        """)
                .param("project", project.value())
                .param("register", register.code())
                .query((row, number) -> new Stand(row.getInt("entries"), Attendances.instant(row, "loaded_at")))
                .single();
    }

    /**
     * Replaces a register by the rows of a file. Its first line names the columns: {@code document}, and whichever of
     * {@link RegisterAnswer#FACTS} the register has; other columns are passed over.
     *
     * @return how many entries it has now
     * @throws Problem 400 when the file has no column {@code document}, no row, or too many
     */
    @Transactional
    int load(Register register, ProjectId project, Reader csv, UserId by) throws IOException {
        List<Map<String, String>> rows = CsvRows.read(csv, MOST_ROWS);
        if (rows.isEmpty() || !rows.get(0).containsKey(DOCUMENT)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "desk.register.unreadable");
        }
        jdbc.sql("delete from register_entry where project_id = :project and register = :register")
                .param("project", project.value())
                .param("register", register.code())
                .update();
        Map<String, String> entries = new HashMap<>();
        rows.stream()
                .filter(row -> !plain(row.get(DOCUMENT)).isEmpty())
                .forEach(row -> entries.put(
                        plain(row.get(DOCUMENT)), json.writeValueAsString(new RegisterAnswer.Found(row).facts())));
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into register_entry (register, project_id, document, facts, loaded_at)
                        select :register, :project, e.document, cast(e.facts as jsonb), :now
                          from unnest(:documents::text[], :facts::text[]) as e (document, facts)
                        """)
                .param("register", register.code())
                .param("project", project.value())
                .param("documents", entries.keySet().toArray(String[]::new))
                .param("facts", entries.values().toArray(String[]::new))
                .param("now", now)
                .update();
        events.publishEvent(new Audited("register.loaded", project, null, "register", register.code(), by, Map.of())
                .with("entries", entries.size()));
        return entries.size();
    }

    /** As it is compared: without spaces and points, in capitals. */
    private static String plain(@Nullable String document) {
        return document == null ? "" : document.replaceAll("[\\s.]", "").toUpperCase(Locale.ROOT);
    }
}
