package org.ancora.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** What is public, what is not, and what every answer tells the browser. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Everything that strangers may ask for; whatever is not named here needs a signed-in person. */
    private static final String[] PUBLIC = {
        "/sign-in",
        "/set-up/**",
        "/complain/**",
        "/referral-link/**",
        "/petition/*",
        "/language",
        "/error",
        "/assets/**",
        "/favicon.ico",
        "/actuator/health/**"
    };

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** The only manager, without a parent: a second one behind it would try again what the throttle refused. */
    @Bean
    AuthenticationManager authenticationManager(ThrottledSignIn signIn) {
        return new ProviderManager(signIn);
    }

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            AuthenticationManager manager,
            SignInAnswers answers,
            Viewers viewers,
            @Qualifier("wallClock") Clock wallClock,
            @Value("${ancora.access.longest-session:12h}") Duration longestSession,
            @Value("${ancora.metrics.token:}") String metricsToken,
            @Value("${ancora.access.lists-at-once:300}") int listsAtOnce,
            @Value("${ancora.access.list-every:1s}") Duration listEvery,
            @Value("${ancora.access.links-at-once:60}") int linksAtOnce,
            @Value("${ancora.access.link-every:2s}") Duration linkEvery) {
        PaceFilter pace = new PaceFilter(new Pace<>(wallClock, listsAtOnce, listEvery));
        LinkPaceFilter links = new LinkPaceFilter(new Pace<>(wallClock, linksAtOnce, linkEvery));
        SessionGuard guard = new SessionGuard(viewers, wallClock, longestSession);
        return http.authenticationManager(manager)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(PUBLIC)
                                .permitAll()
                                .requestMatchers("/actuator/prometheus")
                                .access(new MetricsReaders(viewers, metricsToken))
                                .requestMatchers("/actuator/**")
                                .denyAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .successHandler(answers)
                        .failureHandler(answers))
                .logout(out -> out.logoutRequestMatcher(Requests.of(HttpMethod.POST, "/sign-out"))
                        .addLogoutHandler(answers)
                        .logoutSuccessUrl("/sign-in?signed-out"))
                .requestCache(cache -> cache.requestCache(answers.pageAskedFor()))
                .exceptionHandling(
                        faults -> faults.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .addFilterBefore(guard, AnonymousAuthenticationFilter.class)
                .addFilterBefore(new UserInLog(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(pace, ExceptionTranslationFilter.class)
                .addFilterBefore(links, ExceptionTranslationFilter.class)
                .httpBasic(basic -> basic.disable())
                .rememberMe(remember -> remember.disable())
                .headers(headers -> headers.addHeaderWriter(new ContentPolicy())
                        .frameOptions(frame -> frame.deny())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .httpStrictTransportSecurity(transport ->
                                transport.maxAgeInSeconds(Duration.ofDays(365).toSeconds())))
                .build();
    }

    /** No text holds the one character that the database cannot keep; such a request was not typed by a person. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    /** Refused before any page is looked up, and so before the chain could write what every answer tells the browser. */
    @Bean
    RequestRejectedHandler refusedOutright() {
        HeaderWriter policy = new ContentPolicy();
        return (request, response, refused) -> {
            policy.writeHeaders(request, response);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.sendError(HttpStatus.BAD_REQUEST.value());
        };
    }

    /** Two answers at once may keep the same attribute of a session; the later one wins, and neither breaks. */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionWrites() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /** A cookie that only this host can set and that travels encrypted; the demo runs on plain http, where none could. */
    @Bean
    CookieSerializer sessionCookie(Environment environment) {
        boolean secure = environment.getProperty(
                "ancora.access.secure-cookies",
                Boolean.class,
                !environment.acceptsProfiles(Profiles.of("demo", "test")));
        DefaultCookieSerializer cookie = new OwnCookies();
        cookie.setCookieName(secure ? "__Host-ancora" : "ancora");
        cookie.setUseSecureCookie(secure);
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }

    /** Passes over values that we never gave, so that a made-up one reaches no query. */
    private static final class OwnCookies extends DefaultCookieSerializer {

        private static final Pattern GIVEN = Pattern.compile("[0-9a-f-]{36}");

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            // Styles and scripts are the same for everybody; the page's dozen files need no look at a session.
            if (Requests.path(request).startsWith("/assets/")) {
                return List.of();
            }
            return super.readCookieValues(request).stream()
                    .filter(value -> GIVEN.matcher(value).matches())
                    .toList();
        }
    }
}
