package org.ancora.correspondence;

import java.util.Locale;
import java.util.UUID;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.Channel;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.admin.LinkPost;
import org.jsoup.nodes.Document;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Mails people the link by which they set their password. It stands in the outbox only until the mail server has taken it:
 * {@link Outbox#move} forgets the words of this kind then.
 */
@Component
class SetUpMail implements LinkPost {

    static final String KIND = "set-up-link";

    private final Messages outbox;
    private final Carriers carriers;
    private final Users users;
    private final Projects projects;
    private final MessageSource messages;

    SetUpMail(Messages outbox, Carriers carriers, Users users, Projects projects, MessageSource messages) {
        this.outbox = outbox;
        this.carriers = carriers;
        this.users = users;
        this.projects = projects;
        this.messages = messages;
    }

    @Override
    @Transactional
    public boolean send(UserId person, ProjectId project, String link, UserId by) {
        User reader = users.find(person).orElseThrow();
        String address = reader.email();
        if (address == null || !carriers.mail().goesOut()) {
            return false;
        }
        Project from = projects.get(project);
        Locale chosen = reader.locale();
        Locale locale = chosen == null ? from.locale() : chosen;
        String subject = say("correspondence.set-up.subject", locale, from.name());
        String words = say("correspondence.set-up.words", locale, reader.name());
        String caution = say("correspondence.set-up.caution", locale);
        Document page = EmailPage.titled(subject, locale);
        page.body().appendElement("p").text(words);
        page.body().appendElement("p").appendElement("a").attr("href", link).text(link);
        page.body().appendElement("p").text(caution);
        outbox.queue(new NewMessage(
                KIND,
                null,
                project,
                Channel.EMAIL,
                RecipientKind.STAFF,
                reader.name(),
                address,
                subject,
                words + "\n\n" + link + "\n\n" + caution,
                page.outerHtml(),
                locale,
                KIND + "/" + UUID.randomUUID(),
                by));
        return true;
    }

    private String say(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
