package org.ancora.network;

import java.util.Locale;
import org.ancora.access.Viewer;
import org.ancora.web.FallbackLocale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where neither the person nor the browser says which language, the project's is spoken. */
@Component
class ProjectLanguage implements FallbackLocale {

    private final Projects projects;

    ProjectLanguage(Projects projects) {
        this.projects = projects;
    }

    @Override
    public @Nullable Locale of(@Nullable Viewer viewer) {
        return viewer == null
                ? null
                : projects.visibleTo(viewer).stream()
                        .findFirst()
                        .map(Project::locale)
                        .orElse(null);
    }
}
