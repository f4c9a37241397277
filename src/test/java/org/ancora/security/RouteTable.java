package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * Every route of the product, from the files of the modules, with requests about the household's case.
 *
 * <p>Everywhere <code>{code}</code> is that case, <code>{key}</code> and <code>{project}</code> are York, <code>{worker}</code>
 * and <code>{supervisor}</code> are people of the household, <code>{version}</code> is the case's and <code>{sister}</code> the
 * code of another case of York; the rest is up to {@link ModuleRoutes#standsFor}.
 */
@Component
class RouteTable {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)(?::(?:[^{}]|\\{[^{}]*})+)?}");

    private final Household household;
    private final CaseworkFixtures fixtures;
    private final JdbcClient jdbc;
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, ModuleRoutes> owners = new LinkedHashMap<>();
    private final List<ModuleRoutes> modules;

    RouteTable(List<ModuleRoutes> modules, Household household, CaseworkFixtures fixtures, JdbcClient jdbc) {
        this.modules = modules;
        this.household = household;
        this.fixtures = fixtures;
        this.jdbc = jdbc;
        for (ModuleRoutes module : modules) {
            for (Route route : module.routes()) {
                assertThat(routes.put(route.name(), route))
                        .as(route.name() + " stands twice")
                        .isNull();
                owners.put(route.name(), module);
            }
        }
    }

    /** The household, with what the modules add to it, and somebody of each role who is to succeed with a route. */
    Lived live() throws Exception {
        Lived lived = household.live();
        for (ModuleRoutes module : modules) {
            module.plant(lived);
        }
        for (Role role : new TreeSet<>(all().stream().map(Route::by).toList())) {
            if (somebody(role, lived) == null) {
                fixtures.aPerson("Somebody who is " + role.code(), lived.york(), role);
            }
        }
        return lived;
    }

    List<Route> all() {
        return List.copyOf(routes.values());
    }

    /** Routes about a record, which nobody learns of who may not see it. */
    List<Route> records() {
        return all().stream().filter(Route::ofRecord).toList();
    }

    /** The route of this name; a request without a body where no module has it, as with those of the framework. */
    Route named(String name) {
        return routes.getOrDefault(name, Route.strangers(name).sends(""));
    }

    /** The first in York who was given the role by which the route is shown to work. */
    UserId who(Route route, Lived lived) {
        return Objects.requireNonNull(somebody(route.by(), lived));
    }

    /** A route's request about the household's case, as whoever may do it would send it. */
    MockHttpServletRequestBuilder request(Route route, Lived lived) {
        return request(route, path(route, lived), filled(route.body(), name -> value(route, name, lived)));
    }

    String path(Route route, Lived lived) {
        return filled(pattern(route), name -> value(route, name, lived));
    }

    /** How the address begins to which a route leads: below the same case, project or the like, unless its line says where. */
    String leadsTo(Route route, Lived lived) {
        if (!route.leadsTo().isEmpty()) {
            return filled(route.leadsTo(), name -> value(route, name, lived));
        }
        Matcher first =
                Pattern.compile("(/admin/projects/[^/]+|/[^/]+/[^/]+|/[^/]*)").matcher(path(route, lived));
        return first.lookingAt() ? first.group() : "/";
    }

    /** The same about a case or a project that nobody has; where the address has none, about another record. */
    MockHttpServletRequestBuilder requestForNothing(Route route, Lived lived) {
        String body = filled(
                route.body(),
                name -> ofTheModule(route, name, lived) == null ? value(route, name, lived) : "999999999");
        return request(route, pathToNothing(route, lived), body);
    }

    String pathToNothing(Route route, Lived lived) {
        boolean inside =
                Pattern.compile("\\{(code|project|key)}").matcher(route.name()).find();
        return filled(pattern(route), name -> switch (name) {
            case "code" -> "YRK-2026-9999";
            case "project", "key" -> "nowhere";
            default -> {
                String value = value(route, name, lived);
                yield inside ? value : value.matches("\\d+") ? "999999999" : "nothing";
            }
        });
    }

    private static MockHttpServletRequestBuilder request(Route route, String path, String body) {
        HttpMethod method =
                HttpMethod.valueOf(route.name().substring(0, route.name().indexOf(' ')));
        MockHttpServletRequestBuilder request =
                MockMvcRequestBuilders.request(method, URI.create(path)).accept("text/html", "*/*;q=0.1");
        if (body.startsWith("{\"")) {
            return request.content(body).contentType("application/json").accept("application/json");
        }
        for (String pair : body.split("&")) {
            if (!pair.isEmpty()) {
                request.param(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return request;
    }

    private static String pattern(Route route) {
        return route.name().substring(route.name().indexOf(' ') + 1);
    }

    private static String filled(String text, UnaryOperator<String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
    }

    private String value(Route route, String name, Lived lived) {
        Object own = ofTheModule(route, name, lived);
        if (own != null) {
            return own.toString();
        }
        return switch (name) {
            case "code" -> lived.code();
            case "project", "key" -> "york";
            case "worker" -> lived.worker().toString();
            case "supervisor" -> lived.supervisor().toString();
            case "version" -> ofCase("select version from case_file where code = :code", lived);
            case "sister" -> ofCase("""
                    select max(code) from case_file
                     where code <> :code and project_id = (select project_id from case_file where code = :code)
                    """, lived);
            default -> throw new AssertionError("nothing stands for {" + name + "} of " + route.name());
        };
    }

    private @Nullable Object ofTheModule(Route route, String placeholder, Lived lived) {
        ModuleRoutes module = owners.get(route.name());
        return module == null ? null : module.standsFor(placeholder, route.name(), lived);
    }

    private String ofCase(String sql, Lived lived) {
        return jdbc.sql(sql).param("code", lived.code()).query(String.class).single();
    }

    private @Nullable UserId somebody(Role role, Lived lived) {
        return jdbc.sql("""
                        select min(account_id) from membership where project_id = :york and role = :role
                        having min(account_id) is not null
                        """)
                .param("york", lived.york().id().value())
                .param("role", role.code())
                .query(Long.class)
                .optional()
                .map(UserId::new)
                .orElse(null);
    }
}
