package org.ancora.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Component;

/** Where people are sent: to the sign-in page, from there to the page they had asked for, and out. */
@Component
class SignInAnswers
        implements AuthenticationSuccessHandler,
                AuthenticationFailureHandler,
                AuthenticationEntryPoint,
                AccessDeniedHandler,
                LogoutHandler {

    /** What was typed as the name, kept for the page that says it was refused. */
    static final String TYPED_NAME = "ancora.sign-in.name";

    /** Set on a request that was sent without a token that is good: its page shows what was typed, and does nothing. */
    static final String EXPIRED = "ancora.form-expired";

    private static final String FORMS_FOR_STRANGERS = "/complain/";

    private static final int LONGEST_NAME = 200;

    private final Clock wallClock;
    private final ApplicationEventPublisher events;
    private final HttpSessionRequestCache asked = new HttpSessionRequestCache();

    SignInAnswers(@Qualifier("wallClock") Clock wallClock, ApplicationEventPublisher events) {
        this.wallClock = wallClock;
        this.events = events;
        asked.setRequestMatcher(
                request -> request.getMethod().equals(HttpMethod.GET.name()) && Requests.isPage(request));
    }

    /** Remembers the page that a stranger asked for, never a change or a part of a page. */
    RequestCache pageAskedFor() {
        return asked;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        SavedRequest saved = asked.getRequest(request, response);
        asked.removeRequest(request, response);
        tell("access.signed-in", authentication);
        // Only the path is taken: the address of the request was the caller's to invent.
        String page = saved instanceof DefaultSavedRequest wanted
                ? Requests.local(wanted.getRequestURI(), wanted.getQueryString())
                        .orElse("/")
                : "/";
        response.sendRedirect(page);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String name = request.getParameter("name");
        if (name != null) {
            request.getSession().setAttribute(TYPED_NAME, name.substring(0, Math.min(name.length(), LONGEST_NAME)));
        }
        String answer = "refused";
        if (failure instanceof SignInPaused paused) {
            long seconds = Duration.between(wallClock.instant(), paused.until()).toSeconds();
            answer = "wait=" + Math.max(1, seconds);
        }
        response.sendRedirect(request.getContextPath() + "/sign-in?" + answer);
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException nobodySignedIn)
            throws IOException {
        sendToSignIn(request, response, "/sign-in");
    }

    /**
     * A stranger's form comes back with what was typed, marked by {@link #EXPIRED}, to be sent again. A form sent after the session had ended has lost its token with it: that person is asked to sign in, and nothing is
     * done. Everything else is refused.
     */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException, ServletException {
        if (refusal instanceof CsrfException && Requests.path(request).startsWith(FORMS_FOR_STRANGERS)) {
            request.setAttribute(EXPIRED, true);
            request.getRequestDispatcher(Requests.path(request)).forward(request, response);
        } else if (refusal instanceof CsrfException && !isSignedIn()) {
            sendToSignIn(request, response, "/sign-in?expired");
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication != null) {
            tell("access.signed-out", authentication);
        }
    }

    private static void sendToSignIn(HttpServletRequest request, HttpServletResponse response, String page)
            throws IOException {
        String target = request.getContextPath() + page;
        if (Requests.isPartial(request)) {
            response.setHeader("HX-Redirect", target);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (Requests.isPage(request)) {
            response.sendRedirect(target);
        } else {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }

    private static boolean isSignedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Principal;
    }

    private void tell(String action, Authentication authentication) {
        if (authentication.getPrincipal() instanceof Principal principal) {
            events.publishEvent(new AccessChanged(action, principal.id(), principal.id(), null, Map.of()));
        }
    }
}
