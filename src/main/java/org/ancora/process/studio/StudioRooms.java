package org.ancora.process.studio;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which pages a folder has besides those of this package: links lead only to what is there. */
@Component
public class StudioRooms {

    private final SingletonSupplier<Set<String>> pages;

    StudioRooms(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.pages = SingletonSupplier.of(() -> {
            Set<String> found = new TreeSet<>();
            mappings.getObject().getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues().stream()
                    .filter(pattern -> pattern.startsWith("/studio/{"))
                    .map(pattern -> pattern.substring(pattern.indexOf('}', pattern.lastIndexOf("}")) + 1))
                    .filter(rest -> rest.startsWith("/"))
                    .map(rest -> rest.substring(1))
                    .forEach(found::add));
            return found;
        });
    }

    /** Whether a folder has this page, such as {@code edit}. */
    public boolean has(String page) {
        return pages.obtain().contains(page);
    }
}
