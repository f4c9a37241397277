package org.ancora.process.monitor;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.access.OncePerPage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deployed versions of all procedures; there are few, and one statement a page reads them. */
@Component
class Definitions {

    private final JdbcClient jdbc;

    /** What was deployed never changes; what is new is read when it is first asked for. */
    private final Map<String, Definition> seen = new ConcurrentHashMap<>();

    Definitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The number of the published version to which a diagram "d" belongs, as the studio counts those of its folder; the engine
     * counts each diagram by itself, and one that was drawn later would have another number than its folder.
     */
    static final String NUMBER = """
            coalesce((select nullif(count(*), 0) from deployment o
                        join deployment f on f.engine_id = d.deployment_id_ and o.folder = f.folder and o.id <= f.id),
                     d.version_)""";

    /**
     * One version of a procedure.
     *
     * @param version its number as the studio counts the versions of its folder
     * @param order of the versions of one procedure, the newest the highest
     */
    record Definition(String id, String key, int version, int order, Instant since) {}

    Map<String, Definition> all() {
        return OncePerPage.know("monitor.definitions", this::read);
    }

    private Map<String, Definition> read() {
        Map<String, Definition> all = new HashMap<>();
        jdbc.sql("""
                        select d.id_, d.key_, d.version_, p.deploy_time_ at time zone 'UTC' as since, %s as number
                          from engine.act_re_procdef d
                          left join engine.act_re_deployment p on p.id_ = d.deployment_id_
                        """.formatted(NUMBER)).query(row -> {
            java.sql.Timestamp since = row.getTimestamp(4);
            Definition definition = new Definition(
                    row.getString(1),
                    row.getString(2),
                    row.getInt(5),
                    row.getInt(3),
                    since == null ? Instant.EPOCH : since.toInstant());
            all.put(definition.id(), definition);
        });
        seen.putAll(all);
        return all;
    }

    /** The versions of a procedure, newest first. */
    List<Definition> of(String key) {
        return all().values().stream()
                .filter(definition -> definition.key().equals(key))
                .sorted(Comparator.comparingInt(Definition::order).reversed())
                .toList();
    }

    Optional<Definition> find(String id) {
        Definition known = seen.get(id);
        return Optional.ofNullable(known == null ? all().get(id) : known);
    }

    /** The key of a procedure by the id of one of its versions, or the id itself when the engine has forgotten it. */
    String key(String id) {
        return find(id).map(Definition::key).orElse(id);
    }

    /** The ids of the versions that are asked for: of a procedure, or of one version of it; all when none is named. */
    Optional<List<String>> asked(@Nullable String key, @Nullable Integer version) {
        return key == null
                ? Optional.empty()
                : Optional.of(of(key).stream()
                        .filter(definition -> version == null || definition.version() == version)
                        .map(Definition::id)
                        .toList());
    }

    /** The newest version of each procedure by its key. */
    Map<String, Definition> newest() {
        Map<String, Definition> newest = new LinkedHashMap<>();
        all().values()
                .forEach(definition -> newest.merge(
                        definition.key(), definition, (one, other) -> one.order() > other.order() ? one : other));
        return newest;
    }
}
