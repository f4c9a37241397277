package org.ancora.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** The language of a page: the person's choice, else the browser's, else the project's. */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
class ViewerLocale implements LocaleResolver {

    /** Keeps the choice of someone who is not signed in. */
    private static final String COOKIE = "language";

    private static final String KEPT = ViewerLocale.class.getName() + ".locale";

    private final Viewers viewers;
    private final ObjectProvider<FallbackLocale> fallback;

    ViewerLocale(Viewers viewers, ObjectProvider<FallbackLocale> fallback) {
        this.viewers = viewers;
        this.fallback = fallback;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        if (request.getAttribute(KEPT) instanceof Locale kept) {
            return kept;
        }
        Optional<Viewer> viewer = Layout.isBare(request) ? Optional.empty() : viewers.current();
        Locale locale = resolve(request, viewer.orElse(null));
        if (viewer.isPresent()) {
            // Before sign-in is worked out the answer may still change, so only this one is kept.
            request.setAttribute(KEPT, locale);
        }
        return locale;
    }

    /** Remembers a choice in this browser; who is signed in keeps theirs with the account. */
    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response != null && locale != null) {
            response.addHeader(HttpHeaders.SET_COOKIE, Choices.cookie(COOKIE, locale.getLanguage(), request));
        }
        request.removeAttribute(KEPT);
    }

    private Locale resolve(HttpServletRequest request, @Nullable Viewer viewer) {
        Locale chosen = viewer == null ? null : viewer.chosenLocale();
        if (chosen != null) {
            return chosen;
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        Locale kept = cookie == null ? null : Languages.spoken(cookie.getValue());
        if (kept != null) {
            return kept;
        }
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) {
            for (Locale wanted : Collections.list(request.getLocales())) {
                Locale spoken = Languages.spoken(wanted.toLanguageTag());
                if (spoken != null) {
                    return spoken;
                }
            }
        }
        if (Layout.isBare(request)) {
            return Locale.ENGLISH;
        }
        for (FallbackLocale each : fallback) {
            Locale theirs = each.of(viewer);
            if (theirs != null) {
                return theirs;
            }
        }
        return Locale.ENGLISH;
    }
}
