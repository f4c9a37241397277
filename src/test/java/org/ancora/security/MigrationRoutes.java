package org.ancora.security;

import static org.ancora.security.Route.mine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What moves cases to another version of a procedure is for process owners; it names cases by their codes alone. */
@Component
class MigrationRoutes implements ModuleRoutes {

    private static final Set<Role> OWNERS = EnumSet.of(Role.OWNER);

    private static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,99}}";
    private static final String MIGRATION = "/studio/migrations/{id:[0-9]{1,18}}";

    private final JdbcClient jdbc;

    MigrationRoutes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET " + FOLDER + "/impact", OWNERS),
                mine("GET " + FOLDER + "/migrate", OWNERS),
                mine("POST " + FOLDER + "/migrate", OWNERS)
                        .answers(400)
                        .asAWhole()
                        .sends("do=try&from={version}&to={version}"),
                mine("GET " + MIGRATION, OWNERS),
                mine("GET " + MIGRATION + ".csv", OWNERS),
                mine("POST " + MIGRATION + "/move", OWNERS).answers(400).asAWhole(),
                mine("POST " + MIGRATION + "/retry", OWNERS),
                mine("POST " + MIGRATION + "/go-on", OWNERS));
    }

    @Override
    public void plant(Lived lived) {
        jdbc.sql("""
                        insert into procedure_migration (folder, from_deployment, from_number, to_deployment, to_number,
                               choice, trial, by_account, begun_at, stirred_at, finished_at)
                        select folder, engine_id, 1, engine_id, 1, '{}', true, :by, now(), now(), now()
                          from deployment where folder = 'engagement' order by id desc limit 1
                        """).param("by", lived.worker().value()).update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        if (!route.contains("/impact") && !route.contains("/migrate") && !route.contains("/migrations")) {
            return null;
        }
        return switch (placeholder) {
            case "id" ->
                jdbc.sql("select max(id) from procedure_migration")
                        .query(Long.class)
                        .single();
            case "folder" -> "engagement";
            case "version" ->
                jdbc.sql("select engine_id from deployment where folder = 'engagement' order by id desc limit 1")
                        .query(String.class)
                        .single();
            default -> null;
        };
    }
}
