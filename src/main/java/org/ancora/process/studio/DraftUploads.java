package org.ancora.process.studio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.model.ProcessFolder;
import org.ancora.web.Problem;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts files that came from elsewhere into a draft, all of them or none. */
@Service
class DraftUploads {

    private final Drafts drafts;
    private final ApplicationEventPublisher events;
    private final MessageSource messages;

    DraftUploads(Drafts drafts, ApplicationEventPublisher events, MessageSource messages) {
        this.messages = messages;
        this.drafts = drafts;
        this.events = events;
    }

    /**
     * Keeps what was sent; files that it does not hold stay as they are.
     *
     * @param seen the newest version of any file of the draft that the owner has seen
     * @param language in which new names of steps were given
     * @throws Problem 409 when one of the files was saved by somebody after that
     */
    @Transactional
    public void keep(String folder, Map<String, byte[]> sent, int seen, UserId by, Locale language) {
        drafts.begin(folder, by);
        Draft draft = drafts.locked(folder);
        ProcessFolder now = drafts.folder(draft);
        NewNames.kept(now, sent, language, messages).forEach((path, content) -> {
            int version = draft.file(path).map(DraftFile::version).orElse(0);
            if (Arrays.equals(content, now.files().get(path))) {
                return;
            }
            if (version > seen) {
                throw new Problem(HttpStatus.CONFLICT, "studio.upload.overtaken");
            }
            drafts.save(folder, path, content, version, by);
        });
        events.publishEvent(new Audited(
                "procedure.uploaded",
                null,
                null,
                "procedure",
                folder,
                by,
                Map.of("files", String.valueOf(sent.size()))));
    }
}
