package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import jakarta.servlet.Filter;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Attacks 14 and 20 on every route that the product has, taken from its own list: one that is added fails here until
 * somebody has said what it shows and to whom.
 */
@AncoraTest
class RoutesTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private FilterChainProxy chain;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private RouteTable table;

    private Lived lived;

    @BeforeEach
    void live() throws Exception {
        lived = table.live();
    }

    @Test
    void knowsEveryRouteOfTheProduct() {
        Set<String> all = new TreeSet<>(routes());
        all.addAll(routesOfTheDemo());

        assertThat(table.all()).extracting(Route::name).containsExactlyInAnyOrderElementsOf(all);
        assertThat(all).contains("POST /demo/clock/{by}");
    }

    /** Where people work, nobody moves the clock. */
    @Test
    void hasNoneOfTheDemosRoutesElsewhere() throws Exception {
        Map<String, String> before = household.everything();
        for (String route : routesOfTheDemo()) {
            assertThat(routes()).doesNotContain(route);
            assertThat(answer(request(table.named(route)).with(csrf()).with(signedIn(lived.coordinator())))
                            .getStatus())
                    .as(route)
                    .isEqualTo(404);
        }
        assertThat(household.everything()).isEqualTo(before);
    }

    /**
     * Another project's people get 404, the same project's without the permission 404 or 403, strangers the sign-in page;
     * nobody a word of the record, and nothing changes. An id that nobody has is answered in the very same words.
     */
    @Test
    void keepsRecordsToThoseWhoMayKnowThem() throws Exception {
        Map<String, String> before = household.everything();
        SoftAssertions all = new SoftAssertions();
        for (Route route : table.records()) {
            MockHttpServletResponse anonymous = answer(request(route).with(csrf()));
            MockHttpServletResponse elsewhere =
                    answer(request(route).with(csrf()).with(signedIn(lived.stranger())));
            MockHttpServletResponse owner = answer(request(route).with(csrf()).with(signedIn(lived.owner())));
            all.assertThat(anonymous.getStatus()).as(route.name()).isIn(302, 401);
            all.assertThat(String.valueOf(anonymous.getRedirectedUrl()))
                    .as(route.name())
                    .isIn("/sign-in", "null");
            all.assertThat(elsewhere.getStatus()).as(route.name()).isEqualTo(404);
            if (!route.who().contains(Role.OWNER)) {
                all.assertThat(owner.getStatus()).as(route.name()).isIn(403, 404);
            }
            for (MockHttpServletResponse answer : List.of(anonymous, elsewhere, owner)) {
                all.assertThat(text(answer)).as(route.name()).doesNotContain(Household.SECRETS.toArray(String[]::new));
                all.assertThat(answer.getHeaderNames()).as(route.name()).doesNotContain("Content-Disposition");
            }
            MockHttpServletResponse missing =
                    answer(table.requestForNothing(route, lived).with(csrf()).with(signedIn(lived.stranger())));
            all.assertThat(missing.getStatus()).as(route.name()).isEqualTo(404);
            all.assertThat(withoutReference(missing, table.pathToNothing(route, lived))
                            .equals(withoutReference(elsewhere, table.path(route, lived))))
                    .as("%s answers alike what is hidden and what is missing", route.name())
                    .isTrue();
        }
        all.assertThat(household.everything()).isEqualTo(before);
        all.assertAll();
    }

    /** The same requests are real: whoever may send them is shown the record, or changes it. */
    @Test
    void showsRecordsToThoseWhoMayKnowThem() throws Exception {
        SoftAssertions all = new SoftAssertions();
        List<Route> routes = new ArrayList<>(table.records());
        // Looking first, then what is waiting, and what ends the case last.
        routes.sort(Comparator.comparing(Route::posts)
                .thenComparing(route -> route.name().endsWith("/close"))
                .thenComparing(route -> !route.name().contains(" /tasks/")));
        for (Route route : routes) {
            MockHttpServletResponse allowed = answer(request(route).with(csrf()).with(signedIn(who(route))));
            // A form that asks for more (400, 422), and a procedure that is not waiting (409), are answers of the
            // record.
            all.assertThat(allowed.getStatus())
                    .as("%s: %s", route.name(), text(allowed))
                    .isIn(200, 302, 303, 400, 422, 409);
            if (route.namesTheClient()) {
                all.assertThat(text(allowed)).as(route.name()).contains("Zorabelle");
            }
        }
        all.assertAll();
    }

    /** Attack 20: the same request without the token, and with one that was made up. */
    @Test
    void changesNothingWithoutTheTokenOfThePage() throws Exception {
        MockMvc unprotected = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(withoutCsrf())
                .build();
        Map<String, String> before = household.everything();
        List<String> changing = new ArrayList<>(routes().stream()
                .filter(route -> route.startsWith("POST"))
                // A modelling tool has no session that another site could use: see ModelerTest.
                .filter(route -> !route.contains("/engine-rest/"))
                .toList());
        changing.addAll(List.of("POST /sign-in", "POST /sign-out"));
        for (String name : changing) {
            Route route = table.named(name);
            // A stranger's form is not sent: it comes back with what was typed.
            boolean comesBack = name.startsWith("POST /complain/");
            for (MockHttpServletRequestBuilder forged : List.of(
                    request(route),
                    request(route).header("X-CSRF-TOKEN", "made-up"),
                    request(route).param("_csrf", "x"))) {
                MockHttpServletResponse refused = answer(forged.with(signedIn(who(route))));
                assertThat(refused.getStatus()).as(name).isEqualTo(comesBack ? 200 : 403);
                assertThat(refused.getForwardedUrl() != null).as(name).isEqualTo(comesBack);
            }
            MockHttpServletResponse stranger = answer(request(route));
            assertThat(stranger.getStatus()).as(name).isIn(comesBack ? List.of(200) : List.of(302, 401));
            assertThat(String.valueOf(stranger.getRedirectedUrl())).as(name).isIn("/sign-in?expired", "null");
        }
        assertThat(household.everything()).isEqualTo(before);

        Route forged = table.named("POST /cases/{code}/flags");
        assertThat(unprotected
                        .perform(request(forged).with(signedIn(lived.worker())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("it works where nobody asks for a token")
                .isEqualTo(302);
        assertThat(household.everything()).isNotEqualTo(before);
    }

    /** Nothing that is read by GET or asked by HEAD and OPTIONS changes a record. */
    @Test
    void changesNothingByLooking() throws Exception {
        Map<String, String> before = household.everything();

        for (Route route : table.all()) {
            if (route.gets() && !route.name().contains("/notices/{id")) {
                answer(request(route).with(signedIn(who(route))));
                for (HttpMethod method : List.of(HttpMethod.HEAD, HttpMethod.OPTIONS)) {
                    answer(MockMvcRequestBuilders.request(method, URI.create(table.path(route, lived)))
                            .with(signedIn(who(route))));
                }
            }
        }

        assertThat(household.everything()).isEqualTo(before);
    }

    /** A personal page stays in nobody's cache, is not guessed at, framed or told to other sites. */
    @Test
    void personalPagesAreKeptNowhere() throws Exception {
        for (Route route : table.all()) {
            if (route.gets() && !route.is(Route.Scope.STRANGERS)) {
                MockHttpServletResponse page = answer(request(route).with(signedIn(who(route))));
                assertThat(page.getHeader("Cache-Control")).as(route.name()).contains("no-store");
                assertThat(page.getHeader("X-Content-Type-Options"))
                        .as(route.name())
                        .isEqualTo("nosniff");
                assertThat(page.getHeader("X-Frame-Options")).as(route.name()).isEqualTo("DENY");
                assertThat(page.getHeader("Content-Security-Policy"))
                        .as(route.name())
                        .contains("default-src 'self'");
                assertThat(page.getHeader("Referrer-Policy")).as(route.name()).isEqualTo("same-origin");
            }
        }
    }

    private Set<String> routes() {
        return routes(mappings);
    }

    /** Every route of the product, as {@code GET /cases/{code}}. */
    static Set<String> routes(RequestMappingHandlerMapping mappings) {
        Set<String> found = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (ofTheProduct(handler)) {
                for (String pattern : mapping.getPatternValues()) {
                    var methods = mapping.getMethodsCondition().getMethods();
                    if (methods.isEmpty()) {
                        found.add("ANY " + pattern);
                    }
                    methods.forEach(method -> found.add(method + " " + pattern));
                }
            }
        });
        return found;
    }

    /** From the classes themselves, because these tests run without the demo. */
    private static Set<String> routesOfTheDemo() {
        StandardEnvironment demo = new StandardEnvironment();
        demo.setActiveProfiles("demo");
        ClassPathScanningCandidateComponentProvider classes =
                new ClassPathScanningCandidateComponentProvider(false, demo);
        classes.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> found = new TreeSet<>();
        for (BeanDefinition each : classes.findCandidateComponents("org.ancora.demo")) {
            for (Method method :
                    ClassUtils.resolveClassName(each.getBeanClassName(), null).getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    for (RequestMethod verb : mapping.method()) {
                        for (String path : mapping.path()) {
                            found.add(verb + " " + path);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean ofTheProduct(HandlerMethod handler) {
        var source = handler.getBeanType().getProtectionDomain().getCodeSource();
        return handler.getBeanType().getName().startsWith("org.ancora.")
                && source != null
                && !source.getLocation().getPath().contains("test-classes");
    }

    private Filter withoutCsrf() {
        List<Filter> filters = chain
                .getFilterChains()
                .get(chain.getFilterChains().size() - 1)
                .getFilters()
                .stream()
                .filter(filter -> !(filter instanceof CsrfFilter))
                .toList();
        return new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters));
    }

    private MockHttpServletRequestBuilder request(Route route) {
        return table.request(route, lived);
    }

    private UserId who(Route route) {
        return table.who(route, lived);
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request).andReturn().getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The body without what is new in every answer: the reference, the token, and the path that was asked for. */
    private static String withoutReference(MockHttpServletResponse answer, String path) throws Exception {
        return text(answer)
                .replaceAll("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", "REFERENCE")
                .replaceAll("(_csrf\"[^>]*(?:value|content)=\")[^\"]*", "$1")
                .replaceAll("(\"csrf-token\" content=\")[^\"]*", "$1")
                .replaceAll("(X-CSRF-TOKEN\": *\")[^\"]*", "$1")
                .replace(path, "PATH");
    }
}
