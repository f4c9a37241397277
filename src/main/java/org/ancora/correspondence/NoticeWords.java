package org.ancora.correspondence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/** Notices in words. They name cases by their code, so the same words may stand on a page and in an e-mail. */
@Component
class NoticeWords {

    private final MessageSource messages;
    private final Dates dates;

    NoticeWords(MessageSource messages, Dates dates) {
        this.messages = messages;
        this.dates = dates;
    }

    /** Says a notice; the zone is the project's, for dates among the arguments. */
    String of(Notice notice, ZoneId zone, Locale locale) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(notice.caseCode() == null ? "" : notice.caseCode());
        notice.arguments().forEach(argument -> arguments.add(words(argument, zone, locale)));
        return messages.getMessage("notice." + notice.kind(), arguments.toArray(), locale);
    }

    private String words(String argument, ZoneId zone, Locale locale) {
        if (argument.startsWith("key:")) {
            String[] keys = argument.substring("key:".length()).split("\\|", -1);
            return messages.getMessage(new DefaultMessageSourceResolvable(keys, keys[keys.length - 1]), locale);
        }
        if (argument.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return dates.day(LocalDate.parse(argument), locale);
        }
        if (argument.matches("\\d{4}-\\d{2}-\\d{2}T.*Z")) {
            return dates.moment(Instant.parse(argument), zone, locale);
        }
        return argument;
    }
}
