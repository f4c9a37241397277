package org.ancora.security;

import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofProject;
import static org.ancora.security.Route.ofRecord;
import static org.ancora.security.Route.strangers;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Offices;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitions;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Complaints are no cases; whoever one is about is shown nothing of it, whatever their roles. */
@Component
class ComplaintRoutes implements ModuleRoutes {

    private static final Set<Role> ATTENDING = EnumSet.of(COORDINATOR, SUPERVISOR, RECEPTION, AGENT);

    private static final Set<Role> READING =
            EnumSet.of(COORDINATOR, SUPERVISOR, RECEPTION, AGENT, MANAGER, PRIVACY, UNIT);

    private static final String PUBLIC = "ComplaintPagesTest.anybodyComplainsOnThePublicPageAndGetsANumber";

    /** Who opens it before it is a unit's. */
    private static final Set<Role> OPENING = EnumSet.of(COORDINATOR, SUPERVISOR, RECEPTION, AGENT, MANAGER, PRIVACY);

    /** Who of them opens cases out of complaints. */
    private static final Set<Role> REGISTERING = ATTENDING;

    private final Petitions petitions;
    private final Offices offices;
    private final JdbcClient jdbc;

    ComplaintRoutes(Petitions petitions, Offices offices, JdbcClient jdbc) {
        this.petitions = petitions;
        this.offices = offices;
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        String act = " /complaints/{number}/{action:extend|stop|withdraw|merge|redirect|appeal}";
        return List.of(
                mine("GET /complaints", READING),
                mine("GET /complaints/new", ATTENDING).answers(302).leadsTo("/p/york/complaints/new"),
                ofProject("GET /p/{key}/complaints/new", ATTENDING),
                ofProject("POST /p/{key}/complaints/new", ATTENDING)
                        .leadsTo("/complaints/")
                        .sends("channel=email&kind=complaint&level=local&destination=regional-team&office={office}"
                                + "&motive=x&givenName=New&email=n@example.org&language=en"),
                ofRecord("GET /complaints/{number}", OPENING).by(SUPERVISOR),
                ofRecord("GET" + act, ATTENDING).refused(OPENING).by(SUPERVISOR),
                ofRecord("POST" + act, ATTENDING)
                        .answers(302, 409)
                        .refused(OPENING)
                        .by(SUPERVISOR)
                        .sends("text=x&day=2026-12-15"),
                ofRecord("POST /complaints/{number}/case", REGISTERING)
                        .leadsTo("/cases/")
                        .refused(OPENING)
                        .by(SUPERVISOR),
                ofRecord("POST /complaints/{number}/originals", ATTENDING)
                        .answers(400)
                        .asAWhole()
                        .refused(OPENING)
                        .by(SUPERVISOR),
                ofRecord("GET /complaints/{number}/originals/{id:[0-9]{1,18}}", OPENING)
                        .by(SUPERVISOR),
                strangers("GET /complain/{key:[a-z0-9-]{1,40}}").shownBy(PUBLIC),
                strangers("POST /complain/{key:[a-z0-9-]{1,40}}").shownBy(PUBLIC),
                strangers("GET /complain/{key:[a-z0-9-]{1,40}}/received").shownBy(PUBLIC));
    }

    @Override
    public void plant(Lived lived) {
        petitions.register(
                new NewPetition(
                        lived.york().id(),
                        offices.home(lived.york()).id(),
                        PetitionKind.COMPLAINT,
                        PetitionChannel.WEB,
                        PetitionLevel.LOCAL,
                        new NewPetitioner(
                                "",
                                "Rosa",
                                "Huamán",
                                Beneficiary.NO,
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "r@example.org",
                                "",
                                "",
                                Locale.ENGLISH),
                        "They did not pay.",
                        "",
                        null,
                        false,
                        Destination.REGIONAL_TEAM,
                        null),
                null);
        jdbc.sql("""
                        insert into complaint_original (number, name, media_type, size, content, added_at)
                        select max(number), 'letter.txt', 'text/plain', 2, 'hi', now() from complaint
                        """).update();
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "number" ->
                jdbc.sql("select max(number) from complaint")
                        .query(String.class)
                        .single();
            case "action" -> "stop";
            case "id" ->
                jdbc.sql("select max(id) from complaint_original")
                        .query(Long.class)
                        .single();
            case "office" -> offices.home(lived.york()).id();
            default -> null;
        };
    }
}
