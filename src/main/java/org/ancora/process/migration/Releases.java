package org.ancora.process.migration;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.access.Hidden;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.Versions;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deployed versions of a folder, what is in them, and how many cases stand where. */
@Component
class Releases {

    private static final int FOLDERS_KEPT = 6;

    /** What a case called stands behind the same walls. */
    private static final String BEYOND_WALLS = """
            not exists (select 1 from engine.act_ru_execution w
                         where w.id_ = e.root_proc_inst_id_ and w.business_key_ = any(:walls))""";

    private final Versions versions;
    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final Map<String, Map<String, String>> definitions = new ConcurrentHashMap<>();
    private final Map<String, Diagram> diagrams = new ConcurrentHashMap<>();
    private final Map<String, ProcessFolder> files =
            Collections.synchronizedMap(new LinkedHashMap<String, ProcessFolder>(8, 0.75f, true) {

                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ProcessFolder> eldest) {
                    return size() > FOLDERS_KEPT;
                }
            });

    Releases(Versions versions, RepositoryService repository, JdbcClient jdbc) {
        this.versions = versions;
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /**
     * A version of a folder.
     *
     * @param deployment the engine's id of it
     * @param number from 1 in each folder
     * @param running procedures that began on it, or were moved to it, and run; those called by others not counted
     */
    record Release(String deployment, String folder, int number, Instant at, int running) {}

    /**
     * The versions of a folder, newest first; none of a folder that does not exist. In one statement.
     *
     * @param walls codes of cases that are not counted, since the viewer must not see them
     */
    List<Release> of(String folder, Set<String> walls) {
        return jdbc.sql("""
                        select d.engine_id, d.folder, d.deployed_at,
                               row_number() over (order by d.id) as number,
                               coalesce(r.running, 0) as running
                          from deployment d
                          left join (select p.deployment_id_, count(*) as running
                                       from engine.act_ru_execution e
                                       join engine.act_re_procdef p on p.id_ = e.proc_def_id_
                                      where e.parent_id_ is null and e.super_exec_ is null
                                        and coalesce(e.business_key_, '') <> all(:walls)
                                        and p.deployment_id_ in (select engine_id from deployment where folder = :folder)
                                      group by p.deployment_id_) r on r.deployment_id_ = d.engine_id
                         where d.folder = :folder
                         order by d.id desc
                        """)
                .param("folder", folder)
                .param("walls", walls.toArray(String[]::new))
                .query((row, line) -> new Release(
                        row.getString("engine_id"),
                        row.getString("folder"),
                        row.getInt("number"),
                        row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                        row.getInt("running")))
                .list();
    }

    /** The same, all cases counted: for what moves them, and not for anybody's eyes. */
    List<Release> of(String folder) {
        return of(folder, Set.of());
    }

    /**
     * The version with this id among those of its folder.
     *
     * @throws Hidden when the folder has no such version
     */
    static Release find(List<Release> releases, String deployment) {
        return releases.stream()
                .filter(release -> release.deployment().equals(deployment))
                .findFirst()
                .orElseThrow(() -> new Hidden("version", deployment));
    }

    /** The folder and number of a deployed version. */
    Optional<Release> release(String deployment) {
        return jdbc.sql("""
                        select d.engine_id, d.folder, d.deployed_at,
                               (select count(*) from deployment o where o.folder = d.folder and o.id <= d.id) as number
                          from deployment d where d.engine_id = :deployment
                        """)
                .param("deployment", deployment)
                .query((row, line) -> new Release(
                        row.getString("engine_id"),
                        row.getString("folder"),
                        row.getInt("number"),
                        row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                        0))
                .optional();
    }

    /** The diagrams of a version: the engine's id of each by key. What is deployed never changes, so it is read once. */
    Map<String, String> definitions(String deployment) {
        Map<String, String> known = definitions.get(deployment);
        if (known != null) {
            return known;
        }
        Map<String, String> found = new TreeMap<>();
        jdbc.sql("select key_, id_ from engine.act_re_procdef where deployment_id_ = :deployment")
                .param("deployment", deployment)
                .query(row -> {
                    found.put(row.getString("key_"), row.getString("id_"));
                });
        if (!found.isEmpty()) {
            definitions.put(deployment, Map.copyOf(found));
        }
        return found;
    }

    /** A deployed diagram. */
    Diagram diagram(String definition) {
        return diagrams.computeIfAbsent(definition, id -> Diagram.read(repository.getBpmnModelInstance(id)));
    }

    /** The files of a version as the engine keeps them; those of the last few that were asked for are kept. */
    ProcessFolder files(Release release) {
        ProcessFolder known = files.get(release.deployment());
        if (known != null) {
            return known;
        }
        ProcessFolder found = versions.files(release.deployment());
        files.put(release.deployment(), found);
        return found;
    }

    /** The diagrams of a version by key. */
    Map<String, Diagram> diagrams(String deployment) {
        Map<String, Diagram> found = new TreeMap<>();
        definitions(deployment).forEach((key, definition) -> found.put(key, diagram(definition)));
        return found;
    }

    /**
     * How many procedures stand at each place of a version.
     *
     * @param waiting by procedure and place; whoever waits for a called procedure stands at the call
     * @param running procedures by key, without those that others called
     * @param called procedures by key that others called
     */
    record Standing(
            Map<String, Map<String, Integer>> waiting, Map<String, Integer> running, Map<String, Integer> called) {

        int at(String process, String place) {
            return waiting.getOrDefault(process, Map.of()).getOrDefault(place, 0);
        }

        int running(String process) {
            return running.getOrDefault(process, 0);
        }

        int called(String process) {
            return called.getOrDefault(process, 0);
        }
    }

    /**
     * Where the procedures of a version stand; in one statement however many they are.
     *
     * @param walls codes of cases that are not counted, since the viewer must not see them
     */
    Standing standing(String deployment, Set<String> walls) {
        Map<String, String> keys = new HashMap<>();
        definitions(deployment).forEach((key, id) -> keys.put(id, key));
        Map<String, Map<String, Integer>> waiting = new LinkedHashMap<>();
        Map<String, Integer> running = new HashMap<>();
        Map<String, Integer> called = new HashMap<>();
        // A case stands where a branch of it has nothing below: frames and the beginnings of branches hold others.
        jdbc.sql("""
                        select e.proc_def_id_, e.act_id_, count(distinct e.proc_inst_id_) as many, false as called
                          from engine.act_ru_execution e
                         where e.proc_def_id_ = any(:definitions) and e.act_id_ is not null and %1$s
                           and not exists (select 1 from engine.act_ru_execution b where b.parent_id_ = e.id_)
                         group by e.proc_def_id_, e.act_id_
                        union all
                        select e.proc_def_id_, null, count(*), e.super_exec_ is not null
                          from engine.act_ru_execution e
                         where e.proc_def_id_ = any(:definitions) and e.parent_id_ is null and %1$s
                         group by e.proc_def_id_, e.super_exec_ is not null
                        """.formatted(walls.isEmpty() ? "true" : BEYOND_WALLS))
                .param("definitions", keys.keySet().toArray(String[]::new))
                .param("walls", walls.toArray(String[]::new))
                .query(row -> {
                    String key = keys.get(row.getString("proc_def_id_"));
                    String place = row.getString("act_id_");
                    int many = row.getInt("many");
                    if (place != null) {
                        waiting.computeIfAbsent(key, any -> new HashMap<>()).put(place, many);
                    } else if (row.getBoolean("called")) {
                        called.put(key, many);
                    } else {
                        running.put(key, many);
                    }
                });
        return new Standing(waiting, running, called);
    }
}
