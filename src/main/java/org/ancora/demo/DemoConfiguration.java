package org.ancora.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ancora.access.DemoAccounts;
import org.ancora.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The accounts that the sign-in page shows, and the background work of a demo whose clock stands still. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {

    static final String PASSWORD = "ancora";

    @Bean
    DemoAccounts demoAccounts() {
        List<DemoAccounts.Account> accounts = Arrays.stream(Role.values())
                .filter(role -> role != Role.CONTRIBUTOR)
                .map(role -> new DemoAccounts.Account(role.code(), DemoPeople.name(role), role))
                .toList();
        return new DemoAccounts() {
            @Override
            public List<Account> accounts() {
                return accounts;
            }

            @Override
            public String password() {
                return PASSWORD;
            }
        };
    }

    /** No executor runs in the demo, so what a request leaves for the background is done when it ends, or behind it. */
    @Bean
    WorkBehind workBehind(DemoClock clock, @Value("${ancora.demo.patience}") Duration patience) {
        return new WorkBehind(clock::runDueJobs, patience);
    }

    @Bean
    WebMvcConfigurer workAfterRequests(WorkBehind work) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public void afterCompletion(
                            HttpServletRequest request,
                            HttpServletResponse response,
                            Object handler,
                            @Nullable Exception failure) {
                        if (!request.getMethod().equals("GET")) {
                            work.run();
                        }
                    }
                });
            }
        };
    }
}
