package org.ancora.demo;

import java.nio.charset.StandardCharsets;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.process.studio.Drafts;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the demo's process owner is changing at the moment: a limit and a letter, not yet published. */
@Component
@Profile("demo")
class DemoStudio {

    private static final String FOLDER = "engagement";

    private final DemoPeople people;
    private final Drafts drafts;

    DemoStudio(DemoPeople people, Drafts drafts) {
        this.people = people;
        this.drafts = drafts;
    }

    void draft() {
        UserId owner = people.everywhere(Role.OWNER);
        drafts.begin(FOLDER, owner);
        change("engagement-policy.dmn", "(rule-on-entry-first-contact-days\"[^>]*>\\s*<[^>]*text>)5<", "$14<", owner);
        change(
                "letters/no-contact.en.html",
                "You do not need to do anything\\.",
                "You do not need to do anything, and nothing is held against you.",
                owner);
    }

    private void change(String path, String from, String to, UserId owner) {
        byte[] file = drafts.current(FOLDER).files().get(path);
        if (file != null) {
            String changed = new String(file, StandardCharsets.UTF_8).replaceFirst(from, to);
            drafts.save(FOLDER, path, changed.getBytes(StandardCharsets.UTF_8), 0, owner);
        }
    }
}
