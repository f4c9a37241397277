package org.ancora.access;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** What is public, what is not, and what every answer tells the browser (design §7). */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Everything that strangers may ask for; whatever is not named here needs a signed-in person. */
    private static final String[] PUBLIC = {
        "/sign-in", "/set-up/**", "/language", "/error", "/assets/**", "/favicon.ico", "/actuator/health/**"
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
            @Value("${ancora.access.longest-session:12h}") Duration longestSession) {
        SessionGuard guard = new SessionGuard(viewers, wallClock, longestSession);
        return http.authenticationManager(manager)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(PUBLIC)
                                .permitAll()
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

    /** A cookie that only this host can set and that travels encrypted; the demo runs on plain http, where none could. */
    @Bean
    CookieSerializer sessionCookie(Environment environment) {
        boolean secure = environment.getProperty(
                "ancora.access.secure-cookies",
                Boolean.class,
                !environment.acceptsProfiles(Profiles.of("demo", "test")));
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(secure ? "__Host-ancora" : "ancora");
        cookie.setUseSecureCookie(secure);
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }
}
