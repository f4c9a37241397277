package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.mine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.referral.directory.DirectoryFixtures;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class DirectoryRoutes implements ModuleRoutes {

    private static final Set<Role> LOADERS = EnumSet.of(COORDINATOR, ADMIN);

    private final DirectoryFixtures directory;
    private final JdbcClient jdbc;

    DirectoryRoutes(DirectoryFixtures directory, JdbcClient jdbc) {
        this.directory = directory;
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /directory", EVERYBODY),
                mine("GET /directory/choices", EVERYBODY),
                // one at a confidential place; others are for everybody of the network
                administration("GET /directory/{id:[0-9]{1,18}}", COORDINATOR, SUPERVISOR)
                        .refused(NOBODY),
                // of that place a caseworker does not know
                mine("GET /directory/{id:[0-9]{1,18}}/refer", CARERS).answers(200, 404),
                mine("POST /directory/export", EVERYBODY).answers(200).sends("source={source}&format=json"),
                mine("GET /directory/sources", LOADERS).by(COORDINATOR),
                mine("POST /directory/sources", LOADERS).by(COORDINATOR).sends("name=New&project={key}"),
                administration("GET /directory/sources/{id:[0-9]{1,18}}", COORDINATOR),
                administration("POST /directory/sources/{id:[0-9]{1,18}}/loads", COORDINATOR)
                        .answers(200)
                        .sends("{\"id\": \"s1\""),
                administration("GET /directory/loads/{id:[0-9]{1,18}}", COORDINATOR),
                administration("GET /directory/loads/{id:[0-9]{1,18}}/report.csv", COORDINATOR),
                administration("POST /directory/loads/{id:[0-9]{1,18}}/store", COORDINATOR),
                administration("POST /directory/loads/{id:[0-9]{1,18}}/discard", COORDINATOR)
                        .leadsTo("/directory/sources/"));
    }

    @Override
    public void plant(Lived lived) {
        directory.plant(lived.york());
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "source" -> latest("directory_source");
            case "id" ->
                latest(
                        route.contains("/loads/{")
                                ? "directory_load"
                                : route.contains("/sources/") ? "directory_source" : "directory_resource");
            default -> null;
        };
    }

    private long latest(String table) {
        // of the resources the one at a confidential place
        String which = table.equals("directory_resource") ? " where confidential" : "";
        return jdbc.sql("select min(id) from " + table + which)
                .query(Long.class)
                .single();
    }
}
