package org.ancora.attention.complaint;

import static org.ancora.process.RehearsalSample.Sample.flag;

import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Viewer;
import org.ancora.attention.Destination;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.ReadLog;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A petition without who made it and what it is about. */
@Component
class ComplaintSample implements RehearsalSample {

    private final Complaints complaints;
    private final Petitions petitions;
    private final ReadLog reads;

    ComplaintSample(Complaints complaints, Petitions petitions, ReadLog reads) {
        this.complaints = complaints;
        this.petitions = petitions;
        this.reads = reads;
    }

    @Override
    public String folder() {
        return ComplaintProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String number, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        reads.record(viewer, complaint.project(), number, "petition", number, "rehearsal");
        Petition petition = petitions.byNumber(number);
        Petitioner person = petitions.petitioner(petition.petitioner());
        Map<String, String> facts = new TreeMap<>();
        facts.put("petitionKind", petition.kind().code());
        facts.put("petitionerHasEmail", flag(!person.email().isBlank()));
        facts.put("language", person.language().getLanguage());
        Destination destination = petition.destination();
        if (destination != null) {
            facts.put("petitionLevel", destination.code());
        }
        return new Sample(complaint.project(), ComplaintProcess.KEY, complaint.registeredAt(), facts);
    }
}
