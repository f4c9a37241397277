package org.ancora.process.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.studio.Drafts;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The scenarios of each folder: those that came with the release, and those that owners kept. */
@Service
class Scenarios {

    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};
    private static final int LONGEST_KEY = 60;

    /** Each is played again before every publication. */
    static final int MOST = 50;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final Drafts drafts;
    private final ApplicationEventPublisher events;
    private final Supplier<List<Scenario>> shipped;

    Scenarios(JdbcClient jdbc, JsonMapper json, Clock clock, Drafts drafts, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.events = events;
        this.json = json;
        this.clock = clock;
        this.shipped = SingletonSupplier.of(this::readShipped);
    }

    /**
     * A scenario as it is kept.
     *
     * @param accepted what a draft may do instead, or null
     * @param author who kept it; null for one that came with the release
     */
    record Kept(
            Scenario scenario,
            @Nullable List<String> accepted,
            @Nullable String author) {}

    /** Those of a folder by name; an owner's takes the place of a shipped one with the same key. */
    @Transactional(readOnly = true)
    public List<Kept> of(String folder) {
        Map<String, Kept> all = new LinkedHashMap<>();
        shipped.get().stream()
                .filter(scenario -> scenario.folder().equals(folder))
                .forEach(scenario -> all.put(scenario.key(), new Kept(scenario, null, null)));
        jdbc.sql("""
                        select s.content, s.accepted, a.name from rehearsal_scenario s left join account a on a.id = s.author
                        where s.folder = :folder order by s.id""")
                .param("folder", folder)
                .query((row, number) -> new Kept(
                        json.readValue(row.getString(1), Scenario.class),
                        lines(row.getString(2)),
                        Objects.requireNonNullElse(row.getString(3), "")))
                .list()
                .forEach(kept -> all.put(kept.scenario().key(), kept));
        return List.copyOf(all.values());
    }

    /** One of them. */
    @Transactional(readOnly = true)
    public Optional<Kept> find(String folder, String key) {
        return of(folder).stream()
                .filter(kept -> kept.scenario().key().equals(key))
                .findFirst();
    }

    /**
     * Keeps a scenario under a new name.
     *
     * @return its key
     * @throws Problem 409 when the folder has so many that publishing would take too long, or the rehearsal had to be stopped
     */
    @Transactional
    public String save(Scenario scenario, UserId author) {
        requireNotStopped(scenario.expect());
        String stem = key(scenario.name());
        List<String> taken = of(scenario.folder()).stream()
                .map(kept -> kept.scenario().key())
                .toList();
        if (taken.size() >= MOST) {
            throw new Problem(HttpStatus.CONFLICT, "rehearsal.scenarios.full", MOST);
        }
        String key = stem;
        for (int number = 2; taken.contains(key); number++) {
            key = stem + "-" + number;
        }
        put(scenario.called(key, scenario.name()), author);
        return key;
    }

    private static void requireNotStopped(List<String> trace) {
        if (Journal.tellsOfAStop(trace)) {
            throw new Problem(HttpStatus.CONFLICT, "rehearsal.scenario.stopped");
        }
    }

    private void put(Scenario scenario, UserId author) {
        jdbc.sql("""
                        insert into rehearsal_scenario (folder, key, content, author, saved_at)
                        values (:folder, :key, cast(:content as jsonb), :author, :at)
                        on conflict (folder, key) do update set content = excluded.content, saved_at = excluded.saved_at""")
                .param("folder", scenario.folder())
                .param("key", scenario.key())
                .param("content", json.writeValueAsString(scenario))
                .param("author", author.value())
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Says that a draft is meant to do otherwise; when it is published, that is what the scenario expects.
     *
     * @throws Problem 409 when it had to be stopped: what never ends is not to run, whoever means it
     */
    @Transactional
    public void accept(Scenario scenario, List<String> instead, UserId by) {
        requireNotStopped(instead);
        if (find(scenario.folder(), scenario.key())
                .filter(kept -> kept.author() != null)
                .isEmpty()) {
            put(scenario, by);
        }
        jdbc.sql("""
                        update rehearsal_scenario set accepted = cast(:lines as jsonb), accepted_by = :by
                        where folder = :folder and key = :key""")
                .param("lines", json.writeValueAsString(instead))
                .param("by", by.value())
                .param("folder", scenario.folder())
                .param("key", scenario.key())
                .update();
        decided("scenario.accepted", scenario.folder(), scenario.key(), by);
    }

    /** Whoever says that a draft is meant to go otherwise has a part in it, and is no second pair of eyes. */
    private void decided(String action, String folder, String key, UserId by) {
        drafts.wrote(folder, by);
        events.publishEvent(new Audited(action, null, null, "procedure", folder, by, Map.of("scenario", key)));
    }

    /** What was accepted for a draft holds now that it is published. */
    @Transactional
    public void published(String folder) {
        jdbc.sql("""
                        update rehearsal_scenario
                           set content = jsonb_set(content, '{expect}', accepted), accepted = null, accepted_by = null,
                               saved_at = :at
                         where folder = :folder and accepted is not null""")
                .param("folder", folder)
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    /** Takes an owner's scenario away; a shipped one of the same key is there again. */
    @Transactional
    public void remove(String folder, String key, UserId by) {
        int removed = jdbc.sql("delete from rehearsal_scenario where folder = :folder and key = :key")
                .param("folder", folder)
                .param("key", key)
                .update();
        if (removed > 0) {
            decided("scenario.removed", folder, key, by);
        }
    }

    /** As a file. */
    String file(Scenario scenario) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(scenario);
    }

    /** Those that came with the release. */
    List<Scenario> shipped() {
        return shipped.get();
    }

    private List<Scenario> readShipped() {
        List<Scenario> found = new ArrayList<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:scenarios/*/*.json")) {
                found.add(json.readValue(file.getContentAsString(StandardCharsets.UTF_8), Scenario.class));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(found);
    }

    private @Nullable List<String> lines(@Nullable String stored) {
        return stored == null ? null : json.readValue(stored, LINES);
    }

    private static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String key =
                plain.length() > LONGEST_KEY ? plain.substring(0, LONGEST_KEY).replaceAll("-$", "") : plain;
        return key.isEmpty() ? "scenario" : key;
    }
}
