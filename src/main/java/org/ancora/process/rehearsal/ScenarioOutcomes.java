package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of playing scenarios. The same files go the same way by the same calendar, so each is played once: this node
 * remembers the last ones, and a table tells the other nodes and whoever comes back to the page.
 */
@Component
class ScenarioOutcomes {

    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};
    private static final int REMEMBERED = 200;

    private final ScenarioRun run;
    private final Places places;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TransactionTemplate apart;
    private final Map<String, Outcome> remembered = new LinkedHashMap<>();

    ScenarioOutcomes(
            ScenarioRun run, Places places, JdbcClient jdbc, JsonMapper json, PlatformTransactionManager transactions) {
        this.run = run;
        this.places = places;
        this.jdbc = jdbc;
        this.json = json;
        // What came of it stays true where the publication that asked is undone, or may only read.
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private record Outcome(List<String> trace, ScenarioRun.@Nullable Difference difference) {}

    /** Another release may go otherwise. */
    @EventListener(ApplicationReadyEvent.class)
    void forget() {
        jdbc.sql("delete from scenario_outcome").update();
    }

    /**
     * Those of which it is not known yet, in their order; in one statement.
     *
     * @param files {@link ProcessFolder#hash()} of those on which they are played
     */
    List<Scenario> unknown(String files, List<Scenario> scenarios) {
        Map<String, Scenario> unknown = new LinkedHashMap<>();
        scenarios.forEach(scenario -> unknown.put(key(files, scenario), scenario));
        synchronized (remembered) {
            unknown.keySet().removeAll(remembered.keySet());
        }
        if (!unknown.isEmpty()) {
            read(unknown.keySet().toArray(String[]::new)).forEach((key, outcome) -> {
                unknown.remove(key);
                remember(key, outcome);
            });
        }
        return List.copyOf(unknown.values());
    }

    /** What came of it; it is played where nobody has. */
    ScenarioRun.Played of(String files, Scenario scenario, ProcessFolder content) {
        return known(files, scenario).orElseGet(() -> {
            ScenarioRun.Played played = run.play(scenario, content);
            Outcome outcome = new Outcome(played.trace(), played.difference());
            String key = key(files, scenario);
            keep(key, outcome);
            remember(key, outcome);
            return played;
        });
    }

    /** What came of it where somebody has played it; nobody does for this. */
    Optional<ScenarioRun.Played> known(String files, Scenario scenario) {
        String key = key(files, scenario);
        Outcome known;
        synchronized (remembered) {
            known = remembered.get(key);
        }
        Outcome outcome = known == null ? read(key).get(key) : known;
        if (outcome == null) {
            return Optional.empty();
        }
        remember(key, outcome);
        return Optional.of(new ScenarioRun.Played(scenario, outcome.trace(), outcome.difference()));
    }

    private void remember(String key, Outcome outcome) {
        synchronized (remembered) {
            remembered.put(key, outcome);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
    }

    private Map<String, Outcome> read(String... keys) {
        Map<String, Outcome> found = new HashMap<>();
        jdbc.sql("select key, trace, difference from scenario_outcome where key = any(:keys)")
                .param("keys", keys)
                .query(row -> {
                    String difference = row.getString("difference");
                    found.put(
                            row.getString("key"),
                            new Outcome(
                                    json.readValue(row.getString("trace"), LINES),
                                    difference == null
                                            ? null
                                            : json.readValue(difference, ScenarioRun.Difference.class)));
                });
        return found;
    }

    private void keep(String key, Outcome outcome) {
        ScenarioRun.Difference difference = outcome.difference();
        apart.executeWithoutResult(kept -> jdbc.sql("""
                        insert into scenario_outcome (key, trace, difference, played_at)
                        values (:key, cast(:trace as jsonb), cast(:difference as jsonb), clock_timestamp())
                        on conflict (key) do nothing
                        """)
                .param("key", key)
                .param("trace", json.writeValueAsString(outcome.trace()))
                .param("difference", difference == null ? null : json.writeValueAsString(difference))
                .update());
    }

    /** A project's own calendar may have changed since. */
    private String key(String files, Scenario scenario) {
        String calendar = places.find(scenario.place())
                .map(place -> place.project() + place.calendar().spec())
                .orElse("");
        List<String> parts = new ArrayList<>(List.of(files, scenario.toString(), calendar));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> digest.update((part.length() + "\n" + part).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
