package org.ancora.process.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ancora.process.model.ProcessFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Plays the scenarios of drafts in the background, so that nobody waits for a page, and says which is being played. One node
 * plays a draft; where it died, whoever begins next lets their own go on with what is left.
 */
@Component
class ScenarioRounds implements DisposableBean {

    /** No scenario takes longer ({@link Limits#thinking} is a move's own limit): after that nobody plays any more. */
    private static final int STILL_SECONDS = 45;

    private static final int AGAIN_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(ScenarioRounds.class);

    private final ScenarioOutcomes outcomes;
    private final JdbcClient jdbc;
    private final UUID node = UUID.randomUUID();
    private final ExecutorService playing = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "scenarios");
        own.setDaemon(true);
        return own;
    });

    ScenarioRounds(ScenarioOutcomes outcomes, JdbcClient jdbc) {
        this.outcomes = outcomes;
        this.jdbc = jdbc;
    }

    /**
     * How far a round is.
     *
     * @param playing key of the scenario that is being played
     * @param failed whether it broke off; it may begin again a little later
     */
    record Round(String playing, boolean failed) {}

    /**
     * Sees to it that somebody plays them.
     *
     * @param left those of which it is not known yet; not empty
     */
    void begin(String folder, String files, List<Scenario> left, ProcessFolder content) {
        boolean mine = jdbc.sql("""
                        insert into scenario_round (folder, files, node, playing, stirred_at)
                        values (:folder, :files, :node, :playing, clock_timestamp())
                        on conflict (folder) do update
                           set files = excluded.files, node = excluded.node, playing = excluded.playing, failed = false,
                               stirred_at = excluded.stirred_at
                         where scenario_round.files <> excluded.files
                            or scenario_round.stirred_at < clock_timestamp()
                               - case when scenario_round.failed then :again else :still end * interval '1 second'
                        """)
                        .param("folder", folder)
                        .param("files", files)
                        .param("node", node)
                        .param("playing", left.get(0).key())
                        .param("again", AGAIN_SECONDS)
                        .param("still", STILL_SECONDS)
                        .update()
                == 1;
        if (mine) {
            playing.execute(() -> play(folder, files, left, content));
        }
    }

    /** The round in which these files are played; empty when nobody plays them, or whoever did has died. */
    Optional<Round> find(String folder, String files) {
        return jdbc.sql("""
                        select playing, failed from scenario_round
                         where folder = :folder and files = :files
                           and stirred_at >= clock_timestamp()
                               - case when failed then :again else :still end * interval '1 second'
                        """)
                .param("folder", folder)
                .param("files", files)
                .param("again", AGAIN_SECONDS)
                .param("still", STILL_SECONDS)
                .query((row, number) -> new Round(row.getString("playing"), row.getBoolean("failed")))
                .optional();
    }

    private void play(String folder, String files, List<Scenario> left, ProcessFolder content) {
        try {
            for (Scenario scenario : left) {
                if (!stir(folder, files, scenario.key(), false)) {
                    return;
                }
                outcomes.of(files, scenario, content);
            }
            jdbc.sql("delete from scenario_round where folder = :folder and files = :files and node = :node")
                    .param("folder", folder)
                    .param("files", files)
                    .param("node", node)
                    .update();
        } catch (RuntimeException failed) {
            log.warn("The scenarios of {} could not be played to the end", folder, failed);
            stir(folder, files, "", true);
        }
    }

    /** False when somebody plays a newer draft, or took this node for dead. */
    private boolean stir(String folder, String files, String key, boolean failed) {
        return jdbc.sql("""
                        update scenario_round set playing = :playing, failed = :failed, stirred_at = clock_timestamp()
                         where folder = :folder and files = :files and node = :node
                        """)
                        .param("playing", key)
                        .param("failed", failed)
                        .param("folder", folder)
                        .param("files", files)
                        .param("node", node)
                        .update()
                == 1;
    }

    @Override
    public void destroy() {
        playing.shutdownNow();
    }
}
