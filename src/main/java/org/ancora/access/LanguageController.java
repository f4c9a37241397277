package org.ancora.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** The choice of language: kept with the account of whoever is signed in, and with this browser for the sign-in page. */
@Controller
class LanguageController {

    private static final Set<String> LANGUAGES = Set.of("en", "es", "it");

    private final Users users;
    private final Viewers viewers;
    private final LocaleResolver locales;

    LanguageController(Users users, Viewers viewers, LocaleResolver locales) {
        this.users = users;
        this.viewers = viewers;
        this.locales = locales;
    }

    @PostMapping("/language")
    Object choose(@RequestParam String language, HttpServletRequest request, HttpServletResponse response) {
        if (!LANGUAGES.contains(language)) {
            return ResponseEntity.badRequest().build();
        }
        Locale locale = Locale.forLanguageTag(language);
        viewers.current().ifPresent(viewer -> users.chooseLocale(viewer.id(), locale));
        locales.setLocale(request, response, locale);
        return "redirect:" + Requests.cameFrom(request);
    }
}
