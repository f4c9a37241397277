package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives a form what its reader typed into it and never sent, and forgets that once it was sent; templates call it {@code
 * formDrafts}. A form asks for it with one line, {@code fragments/draft :: keep(place)}, and its controller knows nothing of
 * it: the page that shows the form has already refused everybody who may not see it, so nobody is given a draft about a
 * client who was closed to them meanwhile.
 */
@Component
public class FormDrafts {

    /** Under this name every such form sends its place along. */
    static final String PLACE = "draft.place";

    private final HttpServletRequest request;
    private final Viewers viewers;
    private final PageDrafts drafts;
    private final EmbeddedJson json;

    FormDrafts(HttpServletRequest request, Viewers viewers, PageDrafts drafts, EmbeddedJson json) {
        this.request = request;
        this.viewers = viewers;
        this.drafts = drafts;
        this.json = json;
    }

    /**
     * What stands in a draft of this form, as JSON that a page can hold; null where there is none, and on a page that
     * answers a form: it shows what was just sent.
     *
     * @param place where the form is sent, of which there is one on a page
     */
    public @Nullable String of(String place) {
        if (!request.getMethod().equals("GET") || Layout.isBare(request)) {
            return null;
        }
        Viewer viewer = viewers.current().orElse(null);
        if (viewer == null || !drafts.has(viewer.id(), place)) {
            return null;
        }
        return drafts.find(viewer.id(), place)
                .map(draft -> json.of(Map.of(
                        "fields", draft.fields(), "savedAt", draft.savedAt().toString())))
                .orElse(null);
    }

    /** A form was sent and not refused: what was typed into it is where it belongs, and its draft can go. */
    @Configuration(proxyBeanMethods = false)
    static class Forgetting implements WebMvcConfigurer {

        private final Viewers viewers;
        private final PageDrafts drafts;

        Forgetting(Viewers viewers, PageDrafts drafts) {
            this.viewers = viewers;
            this.drafts = drafts;
        }

        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(new HandlerInterceptor() {
                @Override
                public void afterCompletion(
                        HttpServletRequest request,
                        HttpServletResponse response,
                        Object handler,
                        @Nullable Exception failure) {
                    if (request.getMethod().equals("POST") && failure == null && response.getStatus() < 400) {
                        forget(request.getParameter(PLACE));
                    }
                }
            });
        }

        private void forget(@Nullable String place) {
            if (place != null) {
                viewers.current().ifPresent(viewer -> drafts.forget(viewer.id(), place));
            }
        }
    }
}
