package org.ancora.process.studio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ancora.web.LargeUpload;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

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
    SecurityFilterChain modelers(HttpSecurity http, AuthenticationManager manager, MessageSource messages) {
        AuthenticationEntryPoint refusal = refusal(messages);
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
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal)
                        .withObjectPostProcessor(new ObjectPostProcessor<BasicAuthenticationFilter>() {
                            @Override
                            public <O extends BasicAuthenticationFilter> O postProcess(O filter) {
                                filter.setAuthenticationConverter(new AsTheToolWritesThem());
                                return filter;
                            }
                        }))
                .exceptionHandling(faults -> faults.authenticationEntryPoint(refusal))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                                "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /**
     * Name and password in either of the two ways in which they come: the desktop Modeler writes one byte a letter (Latin 1), so
     * that "contraseña" would be no UTF-8; other tools write UTF-8.
     */
    private static final class AsTheToolWritesThem extends BasicAuthenticationConverter {

        @Override
        protected Charset getCredentialsCharset(HttpServletRequest request) {
            String header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "")
                    .strip();
            try {
                byte[] written = Base64.getDecoder().decode(header.substring(header.indexOf(' ') + 1));
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(written));
                return StandardCharsets.UTF_8;
            } catch (CharacterCodingException otherwise) {
                return StandardCharsets.ISO_8859_1;
            } catch (IllegalArgumentException unreadable) {
                return StandardCharsets.UTF_8;
            }
        }
    }

    /** Without the header by which browsers ask for a password; the Modeler shows the message in its log. */
    private static AuthenticationEntryPoint refusal(MessageSource messages) {
        return (request, response, why) ->
                answer(response, messages.getMessage("studio.modeler.sign-in", null, request.getLocale()));
    }

    private static void answer(HttpServletResponse response, String message) throws IOException {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setContentType("application/json");
        response.getOutputStream()
                .write(JsonMapper.shared()
                        .writeValueAsBytes(Map.of("type", "AuthenticationException", "message", message)));
    }
}
