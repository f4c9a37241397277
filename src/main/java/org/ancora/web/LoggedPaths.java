package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Paths as they may stand in the log: the words of our own routes, ids and case codes. Whatever else somebody typed into an
 * address may be a name, a telephone number or a secret that still opens something.
 */
@Component
class LoggedPaths {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{1,8}(-\\d{1,6}){1,3}|\\d{1,6}");

    /** Served without a route of their own. */
    private static final Set<String> BESIDE =
            Set.of("assets", "actuator", "health", "prometheus", "sign-in", "sign-out");

    /** More than any route of ours has; the rest is left out. */
    private static final int DEEPEST = 12;

    private final Supplier<Set<String>> words;

    LoggedPaths(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.words = SingletonSupplier.of(() -> mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(route -> route.getPatternValues().stream())
                .flatMap(LoggedPaths::literals)
                .collect(Collectors.toCollection(() -> new HashSet<>(BESIDE))));
    }

    String written(String path, HttpServletRequest request) {
        Set<String> known = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route
                ? literals(route).collect(Collectors.toSet())
                : Set.of();
        List<String> parts = List.of(path.split("/", DEEPEST));
        return parts.stream()
                .map(part -> part.isEmpty()
                                || known.contains(part)
                                || words.get().contains(part)
                                || ID.matcher(part).matches()
                        ? part
                        : "…")
                .collect(Collectors.joining("/"));
    }

    private static Stream<String> literals(String route) {
        return Stream.of(route.split("/", -1)).filter(part -> !part.contains("{") && !part.contains("*"));
    }
}
