package org.ancora.casework;

import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.springframework.stereotype.Component;

/** Dana's case in York, with something in it of everything that its pages show. */
@Component
class DanasCase {

    private final CaseworkFixtures fixtures;
    private final Cases cases;

    DanasCase(CaseworkFixtures fixtures, Cases cases) {
        this.fixtures = fixtures;
        this.cases = cases;
    }

    /** Sam works on the case, Eve watches over it. */
    record Lived(Project york, UserId sam, UserId eve, CaseSummary dana) {}

    Lived open() {
        Project york = fixtures.aProjectInOntario();
        UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId eve = fixtures.aPerson("Eve Adeyemi", york, Role.SUPERVISOR, Role.COORDINATOR);
        CaseSummary dana = fixtures.aClient(york)
                .with(ContactKind.PHONE, "905 555 0155")
                .consentingToVoicemail()
                .refusing(Channel.EMAIL)
                .withUnsafe(ContactKind.ADDRESS)
                .withSupportContact(true)
                .referredBy("Maple Street Clinic")
                .openCaseFor(sam);
        cases.raiseFlag(dana.code(), Flag.Kind.SAFEGUARDING, "Ask before visiting", eve);
        return new Lived(york, sam, eve, dana);
    }
}
