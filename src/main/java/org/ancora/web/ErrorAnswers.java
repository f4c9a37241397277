package org.ancora.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Refusals;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.json.JacksonJsonView;
import org.springframework.web.util.HtmlUtils;

/** Puts whatever went wrong into words: a page, a note for htmx, or JSON for scripts, each with a reference found in the log. */
@Component
class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private static final Set<Integer> WORDED = Set.of(400, 403, 404, 405, 409, 413, 429, 500, 503);

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private static final int LONGEST_WRITTEN = 300;

    private final MessageSource messages;
    private final Refusals refusals;
    private final LocaleResolver locales;
    private final LoggedPaths paths;
    private final Viewers viewers;

    ErrorAnswers(
            MessageSource messages, Refusals refusals, Viewers viewers, LocaleResolver locales, LoggedPaths paths) {
        this.messages = messages;
        this.refusals = refusals;
        this.viewers = viewers;
        this.locales = locales;
        this.paths = paths;
    }

    /**
     * What a page, note or script is told.
     *
     * @param status the HTTP status
     * @param title what happened, in a few words
     * @param text what that means
     * @param advice who can change it or what to do next, or null
     * @param reference the number that stands in the log
     */
    record Words(
            int status, String title, String text, @Nullable String advice, String reference) {}

    ModelAndView answer(
            int status, @Nullable Throwable cause, HttpServletRequest request, HttpServletResponse response) {
        String reference = RequestReference.of(request);
        write(status, cause, request, reference);
        if (status >= 500) {
            Layout.makeBare(request);
        }
        Locale locale = locales.resolveLocale(request);
        Words words = words(status, cause, reference, locale, asks(status, cause) ? whomToAsk(locale) : null);
        ModelAndView answer = form(words, request, response);
        response.setStatus(status);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return answer;
    }

    /** The same words without style, session or database, for when there is no room for them. */
    String plainPage(int status, @Nullable Throwable cause, HttpServletRequest request) {
        String reference = RequestReference.of(request);
        write(status, cause, request, reference);
        Locale asked = Languages.spoken(request.getLocale().toLanguageTag());
        Locale locale = asked == null ? Locale.ENGLISH : asked;
        Words words = words(status, cause, reference, locale, null);
        return "<!doctype html><html lang=\"" + locale.getLanguage() + "\"><head><meta charset=\"utf-8\"><title>"
                + HtmlUtils.htmlEscape(words.title) + "</title></head><body><main><h1>"
                + HtmlUtils.htmlEscape(words.title) + "</h1><p>" + HtmlUtils.htmlEscape(words.text) + "</p><p>"
                + HtmlUtils.htmlEscape(messages.getMessage("error.reference", new Object[] {reference}, locale))
                + "</p></main></body></html>";
    }

    private static ModelAndView form(Words words, HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Retarget", "#messages");
            response.setHeader("HX-Reswap", "innerHTML show:top");
            return new ModelAndView("error/notice", Map.of("problem", words));
        }
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains(MediaType.APPLICATION_JSON_VALUE)) {
            JacksonJsonView json = new JacksonJsonView();
            json.setExtractValueFromSingleKeyModel(true);
            return new ModelAndView(json, Map.of("problem", words));
        }
        return new ModelAndView("error/page", Map.of("problem", words));
    }

    /** Whether a refusal is left that does not yet say who could change it (C134 to C136). */
    private static boolean asks(int status, @Nullable Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem.asksAdministrators();
        }
        return status == 404 || (status == 403 && !(cause instanceof Forbidden));
    }

    /** The same for what is hidden and for what does not exist, so that it tells nobody which of them it is. */
    private @Nullable String whomToAsk(Locale locale) {
        return viewers.current()
                .map(viewer -> refusals.whomToAsk(viewer, locale))
                .orElse(null);
    }

    private Words words(
            int status, @Nullable Throwable cause, String reference, Locale locale, @Nullable String advice) {
        int worded = WORDED.contains(status) ? status : status >= 500 ? 500 : 400;
        String title = messages.getMessage("error." + worded + ".title", null, locale);
        if (cause instanceof Forbidden forbidden) {
            Refusals.Words refusal = refusals.words(forbidden, locale);
            return new Words(status, title, refusal.missing(), refusal.whoCanChange(), reference);
        }
        if (cause instanceof Problem problem) {
            String text = messages.getMessage(problem.key(), problem.arguments(), locale);
            return new Words(status, title, text, advice, reference);
        }
        return new Words(
                status, title, messages.getMessage("error." + worded + ".text", null, locale), advice, reference);
    }

    /** What was asked for is logged without its query: a search holds names and telephone numbers. */
    private void write(int status, @Nullable Throwable cause, HttpServletRequest request, String reference) {
        Object forwarded = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = paths.written(forwarded == null ? request.getRequestURI() : forwarded.toString(), request);
        if (status >= 500) {
            log.error("{}: {} {} failed", reference, request.getMethod(), path, cause);
        } else {
            log.info(
                    "{}: {} {} answered {}: {}",
                    reference,
                    request.getMethod(),
                    path,
                    status,
                    cause == null ? "no cause given" : why(cause));
        }
    }

    /** Our own refusals speak of codes and ids; what others say may quote what somebody typed. */
    private static String why(Throwable cause) {
        if (cause instanceof Hidden hidden) {
            return hidden.kind() + " is missing or hidden";
        }
        boolean ours = cause.getClass().getName().startsWith("org.ancora.") || cause instanceof ResponseStatusException;
        return ours ? oneLine(cause.toString()) : cause.getClass().getName();
    }

    /** What somebody sent can neither begin a line of its own in the log nor speak to the terminal that shows it. */
    private static String oneLine(String text) {
        String line = UNPRINTABLE.matcher(text).replaceAll("�");
        return line.length() <= LONGEST_WRITTEN ? line : line.substring(0, LONGEST_WRITTEN) + "…";
    }
}
