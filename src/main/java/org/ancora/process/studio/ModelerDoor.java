package org.ancora.process.studio;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.ancora.web.LargeUpload;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * How a modelling tool gets to the three addresses that it knows: with name and password in each request, without a session
 * or a cookie, and so without the page's token. The sign-in's throttle counts its guesses like any others.
 *
 * <p>No browser is ever asked for a password here, so none has one to be misused by another site.
 */
@Configuration(proxyBeanMethods = false)
class ModelerDoor {

    static final String ROOT = "/engine-rest";

    static final LargeUpload UPLOAD = new LargeUpload(Pattern.compile(ROOT + "/deployment/create"), Archive.LARGEST);

    @Bean
    LargeUpload roomForModelers() {
        return UPLOAD;
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain modelers(HttpSecurity http, AuthenticationManager manager) {
        return http.securityMatcher(ROOT, ROOT + "/**")
                .authenticationManager(manager)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, ROOT + "/version")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, ROOT + "/deployment")
                        .authenticated()
                        .requestMatchers(HttpMethod.POST, ROOT + "/deployment/create")
                        .authenticated()
                        // nothing is there
                        .anyRequest()
                        .permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(out -> out.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal()))
                .exceptionHandling(faults -> faults.authenticationEntryPoint(refusal()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                                "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** Without the header by which browsers ask for a password. */
    private static AuthenticationEntryPoint refusal() {
        return (request, response, why) -> answer(response);
    }

    private static void answer(HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setContentType("application/json");
        response.getOutputStream()
                .write("{\"type\":\"AuthenticationException\",\"message\":\"401\"}".getBytes(StandardCharsets.UTF_8));
    }
}
