package org.ancora.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Messages whose words without arguments are looked up once: a page asks for hundreds, and each would be sought in the files
 * of module after module, those that no file holds in all of them. What the files say never changes while Ancora runs.
 */
final class Words extends ResourceBundleMessageSource {

    /** More keys or languages than there are come of what people type; those are looked up each time. */
    private static final int MOST_KEYS = 30_000;

    private static final int MOST_LOCALES = 30;

    private final Map<Locale, Map<String, Optional<String>>> known = new ConcurrentHashMap<>();

    @Override
    protected @Nullable String getMessageInternal(
            @Nullable String code, Object @Nullable [] args, @Nullable Locale locale) {
        if (code == null || locale == null || (args != null && args.length > 0)) {
            return super.getMessageInternal(code, args, locale);
        }
        Map<String, Optional<String>> words = known.get(locale);
        Optional<String> found = words == null ? null : words.get(code);
        if (found != null) {
            return found.orElse(null);
        }
        String text = super.getMessageInternal(code, args, locale);
        keep(code, locale, text);
        return text;
    }

    private void keep(String code, Locale locale, @Nullable String text) {
        if (!known.containsKey(locale) && known.size() >= MOST_LOCALES) {
            return;
        }
        Map<String, Optional<String>> words = known.computeIfAbsent(locale, any -> new ConcurrentHashMap<>());
        if (words.size() < MOST_KEYS) {
            words.put(code, Optional.ofNullable(text));
        }
    }
}
