package org.ancora.process.migration;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.process.migration.Migration.Outcome;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Releases.Release;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Moving one running procedure to another version of its folder, for pages that show one. */
@Service
public class Migrations {

    private final Releases releases;
    private final MigrationRunner runner;
    private final StepWords words;
    private final JdbcClient jdbc;

    Migrations(Releases releases, MigrationRunner runner, StepWords words, JdbcClient jdbc) {
        this.releases = releases;
        this.runner = runner;
        this.words = words;
        this.jdbc = jdbc;
    }

    /**
     * A version to which a procedure could be moved.
     *
     * @param deployment the engine's id of it
     * @param number from 1 in its folder
     * @param newest whether new cases begin on it
     */
    public record Target(String deployment, String folder, int number, Instant at, boolean newest) {}

    /**
     * What became of a procedure.
     *
     * @param moved whether it now runs on the other version
     * @param why in a sentence why not; null where it was moved
     */
    public record Moved(boolean moved, @Nullable String why) {}

    /**
     * The other versions of a procedure's folder to which it may go, newest first; empty when it does not run.
     *
     * @param instance the engine's id of a procedure that no other one called
     */
    public List<Target> targets(String instance) {
        return current(instance)
                .map(current -> {
                    List<Release> all = releases.of(current.folder());
                    return all.stream()
                            .filter(release -> !release.deployment().equals(current.deployment()))
                            .filter(release -> release.equals(all.get(0)) || !runner.onlyNewest())
                            .map(release -> new Target(
                                    release.deployment(),
                                    release.folder(),
                                    release.number(),
                                    release.at(),
                                    release.equals(all.get(0))))
                            .toList();
                })
                .orElse(List.of());
    }

    /**
     * Moves one procedure, with those that it called, to another version, where it goes on at the same step; kept in the log of
     * its case. Its timers and dates stay. It has a transaction of its own, so never call it inside another.
     *
     * @param instance the engine's id of a procedure that no other one called
     * @param deployment a version of its folder
     * @param with what is kept of it in the same transaction; where that cannot be, nothing is moved
     * @throws Hidden when it does not run, or there is no such version of its folder
     */
    public Moved one(String instance, String deployment, UserId by, Locale language, Runnable with) {
        return become(instance, deployment, by, false, language, with);
    }

    /** As {@link #one}, but everything is undone: only what would become of it is told. */
    public Moved tryOne(String instance, String deployment, UserId by, Locale language) {
        return become(instance, deployment, by, true, language, () -> {});
    }

    private Moved become(String instance, String deployment, UserId by, boolean trial, Locale language, Runnable with) {
        Release from = current(instance).orElseThrow(() -> new Hidden("procedure", instance));
        Release to = Releases.find(releases.of(from.folder()), deployment);
        Outcome outcome = runner.one(from, to, instance, trial, by, with);
        return new Moved(
                outcome.state() == State.MOVED,
                outcome.state() == State.MOVED ? null : why(outcome, from.deployment(), language));
    }

    /** The reason in a sentence, with the step that it is about. */
    String why(Outcome outcome, String from, Locale language) {
        String code = outcome.why();
        if (code == null) {
            return "";
        }
        String process = outcome.process();
        String step = outcome.step();
        String name = step == null ? "" : step;
        String definition = process == null ? null : releases.definitions(from).get(process);
        if (definition != null && process != null && step != null) {
            name = releases.diagram(definition)
                    .find(step)
                    .map(place -> words.step(process, place, null, language))
                    .orElse(step);
        }
        return words.text("migration.why." + code, language, name);
    }

    /** The number of a published version, as the studio counts those of its folder; empty where there is no such version. */
    public Optional<Integer> number(String deployment) {
        return releases.release(deployment).map(Release::number);
    }

    /** The number of the version in which a procedure runs; empty when it does not run. */
    public Optional<Integer> numberOf(String instance) {
        return current(instance).map(Release::number);
    }

    /**
     * A move of many procedures to another version, in which one of them took part.
     *
     * @param by the name of whoever began it, or of who last had those tried again that failed
     * @param at when the whole move was begun, since no moment is kept of each: what a procedure did until its turn came is later
     * @param from number of the version that was left
     * @param to number of the version in which it goes on
     */
    public record Taken(String by, Instant at, int from, int to) {}

    /** The moves of many that took this procedure along, earliest first. */
    public List<Taken> taken(String instance) {
        return jdbc.sql("""
                        select a.name, m.begun_at, m.from_number, m.to_number
                          from procedure_migration_row r
                          join procedure_migration m on m.id = r.migration_id
                          join account a on a.id = m.by_account
                         where r.instance_id = :instance and r.state = 'moved' and not m.trial
                         order by m.id
                        """)
                .param("instance", instance)
                .query((row, number) -> new Taken(
                        row.getString("name"),
                        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                        row.getInt("from_number"),
                        row.getInt("to_number")))
                .list();
    }

    private Optional<Release> current(String instance) {
        return jdbc.sql("""
                        select p.deployment_id_ from engine.act_ru_execution e
                          join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                         where e.id_ = :instance and e.parent_id_ is null and e.super_exec_ is null
                        """)
                .param("instance", instance)
                .query(String.class)
                .optional()
                .flatMap(releases::release);
    }
}
