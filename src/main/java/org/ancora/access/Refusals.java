package org.ancora.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts a {@link Forbidden} into words: what is missing, who may do it, and who can change that. */
@Component
public class Refusals {

    private static final int NAMED_AT_MOST = 3;

    /** Of all one's projects together. */
    private static final int MANY = 8;

    private final MessageSource messages;
    private final Users users;

    Refusals(MessageSource messages, Users users) {
        this.messages = messages;
        this.users = users;
    }

    /**
     * The refusal in a person's language.
     *
     * @param missing one sentence naming the action and the roles that may do it
     * @param whoCanChange one sentence naming the administrators to ask
     */
    public record Words(String missing, String whoCanChange) {}

    /**
     * Whom to ask when nothing may be said about what was refused: the administrators of the reader's own projects, which
     * tells nothing about the thing itself. One sentence in the reader's language.
     */
    public String whomToAsk(Viewer reader, Locale locale) {
        Set<String> names = new LinkedHashSet<>();
        (reader.projects().isEmpty()
                        ? Stream.of(users.administrators(null))
                        : users.administratorsOf(reader.projects()).values().stream())
                .forEach(each -> each.stream()
                        .filter(administrator -> !administrator.id().equals(reader.id()))
                        .limit(NAMED_AT_MOST)
                        .forEach(administrator -> names.add(administrator.name())));
        return names.isEmpty()
                ? messages.getMessage("access.ask-any", null, locale)
                : messages.getMessage(
                        "access.ask",
                        new Object[] {names.stream().sorted().limit(MANY).collect(Collectors.joining(", "))},
                        locale);
    }

    /** What is missing and who could change it, in the reader's language. */
    public Words words(Forbidden refusal, Locale locale) {
        String action = messages.getMessage("permission." + refusal.permission().code(), null, locale);
        String roles = refusal.permission().roles().stream()
                .map(role -> messages.getMessage("role." + role.code(), null, locale))
                .collect(Collectors.joining(", "));
        List<User> administrators = users.administrators(refusal.project());
        String names =
                administrators.stream().limit(NAMED_AT_MOST).map(User::name).collect(Collectors.joining(", "));
        return new Words(
                messages.getMessage("access.forbidden.missing", new Object[] {action, roles}, locale),
                names.isEmpty()
                        ? messages.getMessage("access.forbidden.ask-any", null, locale)
                        : messages.getMessage("access.forbidden.ask", new Object[] {names}, locale));
    }
}
