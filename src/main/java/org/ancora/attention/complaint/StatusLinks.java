package org.ancora.attention.complaint;

import java.util.Optional;
import org.ancora.attention.Petitions;
import org.ancora.correspondence.LinkMaker;
import org.ancora.correspondence.MessageId;
import org.ancora.correspondence.MessageSummary;
import org.ancora.correspondence.Messages;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts the address of the status page into what is written to the person, as it leaves: it is theirs alone. */
@Component
class StatusLinks implements LinkMaker {

    static final String PURPOSE = "petition";

    private final ComplaintRows rows;
    private final Petitions petitions;
    private final Messages messages;
    private final String base;

    StatusLinks(
            ComplaintRows rows,
            Petitions petitions,
            Messages messages,
            @Value("${ancora.base-url:http://localhost:8080}") String base) {
        this.rows = rows;
        this.petitions = petitions;
        this.messages = messages;
        this.base = base.replaceAll("/+$", "");
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    /** A petition's own messages alone lead to its page, whoever wrote such an address into another. */
    @Override
    public Optional<String> fresh(long id, MessageId message) {
        return messages.find(message)
                .map(MessageSummary::caseCode)
                .flatMap(rows::find)
                .map(complaint -> petitions.byNumber(complaint.number()))
                .filter(petition -> petition.id().value() == id)
                .map(petition -> base + petitions.link(petition.id()));
    }
}
