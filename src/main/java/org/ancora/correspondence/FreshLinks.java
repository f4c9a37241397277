package org.ancora.correspondence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the links into a message that is about to leave; see {@link LinkMaker}. */
@Component
class FreshLinks {

    private static final Pattern PLACE = Pattern.compile("https://link\\.invalid/([a-z-]{1,40})/(\\d{1,18})");

    private static final Pattern ANCHOR =
            Pattern.compile("<a [^>]*href=\"" + PLACE + "\"[^>]*>.*?</a>", Pattern.DOTALL);

    /** What stands for a link where it is not to be followed. */
    private static final String UNSEEN = "…";

    private final List<LinkMaker> makers;

    FreshLinks(List<LinkMaker> makers) {
        this.makers = makers;
    }

    /** The letter as it is kept and printed: whoever reads it there sees that a link was in it, and not where it led. */
    static LetterText without(LetterText letter) {
        return new LetterText(
                letter.title(), unseen(ANCHOR.matcher(letter.html()).replaceAll(UNSEEN)), unseen(letter.text()));
    }

    private static String unseen(String text) {
        return PLACE.matcher(text).replaceAll(UNSEEN);
    }

    /** The message as it leaves: one link for each place, the same in text and HTML. */
    StoredMessage in(StoredMessage message) {
        Map<String, String> links = new HashMap<>();
        String html = message.html();
        collect(message.text(), message.id(), links);
        collect(html, message.id(), links);
        return links.isEmpty()
                ? message
                : new StoredMessage(
                        message.id(),
                        message.projectId(),
                        message.caseCode(),
                        message.kind(),
                        message.channel(),
                        message.address(),
                        message.subject(),
                        filled(message.text(), links),
                        html == null ? null : filled(html, links),
                        message.language(),
                        message.mailId(),
                        message.createdAt());
    }

    private void collect(@Nullable String text, MessageId message, Map<String, String> links) {
        if (text == null) {
            return;
        }
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            links.computeIfAbsent(
                    place.group(), any -> fresh(place.group(1), Long.parseLong(place.group(2)), message, any));
        }
    }

    private String fresh(String purpose, long id, MessageId message, String place) {
        return makers.stream()
                .filter(maker -> maker.purpose().equals(purpose))
                .findFirst()
                .flatMap(maker -> maker.fresh(id, message))
                .orElse(place);
    }

    private static String filled(String text, Map<String, String> links) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(links.getOrDefault(place.group(), "")));
    }
}
