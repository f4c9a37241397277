package org.ancora.correspondence;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notices by e-mail: one by one, or a day's worth together. Cases are named by their code alone. */
@Component
class NoticeMail {

    private final NoticeBoard board;
    private final NoticeWords words;
    private final Messages outbox;
    private final Users users;
    private final Projects projects;
    private final MessageSource messages;
    private final String base;

    NoticeMail(
            NoticeBoard board,
            NoticeWords words,
            Messages outbox,
            Users users,
            Projects projects,
            MessageSource messages,
            @Value("${ancora.base-url:http://localhost:8080}") String base) {
        this.board = board;
        this.words = words;
        this.outbox = outbox;
        this.users = users;
        this.projects = projects;
        this.messages = messages;
        this.base = base.replaceFirst("/+$", "");
    }

    void sendAtOnce(User reader, Notice notice) {
        send(reader, List.of(notice), "notice", "notice/" + notice.id());
    }

    /** Sends what has gathered for a person since the last digest; nothing when all of it has been read meanwhile. */
    @Transactional
    void sendDigest(UserId person) {
        board.endDigest(person);
        List<Notice> gathered = board.forDigest(person);
        if (!gathered.isEmpty()) {
            users.find(person)
                    .filter(user -> user.active() && user.email() != null)
                    .ifPresent(user -> send(
                            user,
                            gathered,
                            "notice-digest",
                            "notice-digest/" + person + "/"
                                    + gathered.get(gathered.size() - 1).id()));
        }
    }

    private void send(User reader, List<Notice> notices, String kind, String onceKey) {
        String address = reader.email();
        if (address == null) {
            return;
        }
        Map<ProjectId, Project> known =
                projects.withIds(notices.stream().map(Notice::projectId).collect(Collectors.toSet()));
        Project first = projects.get(notices.get(0).projectId());
        Locale locale = reader.locale() == null ? first.locale() : reader.locale();
        List<Line> lines = new ArrayList<>();
        for (Notice notice : notices) {
            Project project = known.getOrDefault(notice.projectId(), first);
            ZoneId zone = project.calendar().zone();
            lines.add(new Line(words.of(notice, zone, locale), base + "/notices/" + notice.id()));
        }
        String subject = notices.size() == 1
                ? say("correspondence.notice.mail.subject", locale, lines.get(0).words)
                : say("correspondence.notice.mail.subjects", locale, notices.size());
        outbox.queue(new NewMessage(
                kind,
                notices.size() == 1 ? notices.get(0).caseCode() : null,
                first.id(),
                Channel.EMAIL,
                RecipientKind.STAFF,
                reader.name(),
                address,
                subject,
                text(lines, locale),
                html(lines, subject, locale),
                locale,
                onceKey,
                null));
        board.mailed(reader.id(), notices.stream().map(Notice::id).toList());
    }

    private String text(List<Line> lines, Locale locale) {
        String body = lines.stream().map(line -> line.words + "\n" + line.link).collect(Collectors.joining("\n\n"));
        return body + "\n\n-- \n" + say("correspondence.notice.mail.choice", locale) + "\n" + base + "/notices";
    }

    private String html(List<Line> lines, String subject, Locale locale) {
        Document page = EmailPage.titled(subject, locale);
        for (Line line : lines) {
            Element paragraph = page.body().appendElement("p");
            paragraph.appendElement("a").attr("href", line.link).text(line.words);
        }
        Element choice = page.body().appendElement("p");
        choice.appendElement("small")
                .appendElement("a")
                .attr("href", base + "/notices")
                .text(say("correspondence.notice.mail.choice", locale));
        return page.outerHtml();
    }

    private String say(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    private record Line(String words, String link) {}
}
