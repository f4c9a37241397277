package org.ancora.attention.complaint;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ancora.access.Viewer;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.casework.Cases;
import org.ancora.casework.ContactKind;
import org.ancora.casework.InvalidContact;
import org.ancora.casework.NewCase;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.NewProfile;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a client and a case of whoever complained, and begins the procedure for new clients. The case knows nothing of the complaint: it may be given to anybody, also
 * to the person complained about.
 */
@Component
class ComplaintCases {

    private final ComplaintRows rows;
    private final Petitions petitions;
    private final Profiles profiles;
    private final Cases cases;
    private final Episodes episodes;
    private final Complaints complaints;
    private final TransactionTemplate transaction;

    ComplaintCases(
            ComplaintRows rows,
            Petitions petitions,
            Profiles profiles,
            Cases cases,
            Episodes episodes,
            Complaints complaints,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.petitions = petitions;
        this.profiles = profiles;
        this.cases = cases;
        this.episodes = episodes;
        this.complaints = complaints;
        this.transaction = transaction;
    }

    /**
     * Opens the case, with the ways of contact that the person gave as far as they are any, and tells its code.
     *
     * @throws Problem 409 when there is one already
     */
    String open(Complaint complaint, Viewer viewer) {
        Petitioner person =
                petitions.petitioner(petitions.byNumber(complaint.number()).petitioner());
        try {
            return within(complaint, person, points(person), viewer);
        } catch (InvalidContact unreadable) {
            // What somebody wrote on paper may be no number at all; the case is opened all the same.
            return within(complaint, person, List.of(), viewer);
        }
    }

    private String within(Complaint complaint, Petitioner person, List<NewContactPoint> points, Viewer viewer) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Complaint held = rows.hold(complaint.number()).orElseThrow();
            if (held.links().caseCode() != null) {
                throw new Problem(HttpStatus.CONFLICT, "complaint.case.there");
            }
            Profile client = profiles.create(
                    new NewProfile(
                            complaint.project(),
                            Profile.Person.named(person.givenName(), person.familyName(), person.language()),
                            points,
                            List.of(),
                            List.of()),
                    viewer.id());
            String code = cases.open(new NewCase(
                            complaint.project(), client.id(), ReferralSource.SELF, ServiceMode.INDIVIDUAL, viewer.id()))
                    .code();
            // Whoever comes to us is sought and admitted by the procedure for new clients (A1), as with any other
            // intake.
            episodes.start(cases.byCode(code), Track.ENTRY, viewer.id());
            rows.caseOpened(complaint.number(), code);
            complaints.log("complaint.case-opened", complaint, viewer.id(), "case", code);
            return code;
        }));
    }

    private static List<NewContactPoint> points(Petitioner person) {
        List<NewContactPoint> points = new ArrayList<>();
        add(points, ContactKind.PHONE, person.phone());
        add(points, ContactKind.EMAIL, person.email());
        add(points, ContactKind.ADDRESS, person.address());
        return points;
    }

    private static void add(List<NewContactPoint> points, ContactKind kind, String value) {
        if (!value.isBlank()) {
            points.add(new NewContactPoint(kind, value.strip(), "", points.isEmpty(), true));
        }
    }
}
