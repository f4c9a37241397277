package org.ancora.casework;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ancora.access.NewUser;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.time.CalendarSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Projects, people, clients and cases for tests, through the same services that the pages use. Injected wherever a test runs
 * on the whole application:
 *
 * <pre>{@code
 * Project york = fixtures.aProjectInOntario();
 * UserId sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
 * CaseSummary dana = fixtures.aClient(york).consentingTo(Channel.VOICEMAIL).referredBy("Maple Street Clinic").openCaseFor(sam);
 * }</pre>
 */
@Component
public class CaseworkFixtures {

    private final Projects projects;
    private final Users users;
    private final Viewers viewers;
    private final Profiles profiles;
    private final Cases cases;
    private final Clock clock;
    private final AtomicInteger people = new AtomicInteger();

    CaseworkFixtures(Projects projects, Users users, Viewers viewers, Profiles profiles, Cases cases, Clock clock) {
        this.projects = projects;
        this.users = users;
        this.viewers = viewers;
        this.profiles = profiles;
        this.cases = cases;
        this.clock = clock;
    }

    /** Individual support in York: English, prefix YRK, 20 cases a worker. */
    public Project aProjectInOntario() {
        return projects.create(new NewProject(
                "Care Network Ontario",
                "York Support",
                "york",
                "Individual support",
                "YRK",
                Locale.CANADA,
                Accent.TEAL,
                "ON",
                office("CA-ON", "America/Toronto"),
                settings("York Support", "905 555 0100", "help@york.example", "12 Main Street, Newmarket ON L3Y 3Y3")));
    }

    /** A project in Ayacucho: Spanish, prefix AYA. */
    public Project aProjectInPeru() {
        return projects.create(new NewProject(
                "Red Cuidar",
                "Apoyo Ayacucho",
                "ayacucho",
                "Acompañamiento familiar",
                "AYA",
                Locale.forLanguageTag("es-PE"),
                Accent.ROSE,
                "AY",
                office("PE-AYA", "America/Lima"),
                settings("Apoyo Ayacucho", "066 012 300", "ayuda@ayacucho.example", "Jr. Lima 120, Ayacucho")));
    }

    /** A project in Turin: Italian, prefix TOR. */
    public Project aProjectInItaly() {
        return projects.create(new NewProject(
                "Rete Care",
                "Casa Aperta",
                "torino",
                "Torino",
                "TOR",
                Locale.ITALY,
                Accent.VIOLET,
                "TO",
                office("IT-TO", "Europe/Rome"),
                settings("Casa Aperta", "011 555 0100", "aiuto@torino.example", "via Po 8, 10123 Torino")));
    }

    /** Another project of the same organisation and network as one that exists, with its own key and prefix. */
    public Project aSisterOf(Project project, String key, String prefix) {
        return projects.create(new NewProject(
                project.network().name(),
                project.settings().letterhead().name(),
                key,
                "Sister " + key,
                prefix,
                project.locale(),
                Accent.SLATE,
                prefix.substring(0, 2),
                project.calendar(),
                project.settings()));
    }

    /** Somebody with these roles in a project; they cannot type a password, but tests sign them in without one. */
    public UserId aPerson(String name, Project project, Role... roles) {
        return aPerson(name, null, project, roles);
    }

    /** As above, with an address to which notices are e-mailed. */
    public UserId aPersonWithEmail(String name, String email, Project project, Role... roles) {
        return aPerson(name, email, project, roles);
    }

    private UserId aPerson(String name, @Nullable String email, Project project, Role... roles) {
        UserId id =
                users.create(new NewUser("person" + people.incrementAndGet(), name, email, null, null), UserId.SYSTEM);
        for (Role role : roles) {
            users.grant(id, project.id(), role, UserId.SYSTEM);
        }
        return id;
    }

    /** That person as pages see them. */
    public Viewer viewer(UserId person) {
        return viewers.of(person).orElseThrow();
    }

    /** Dana Whitfield, who can be reached in every way but agreed to nothing yet. */
    public Client aClient(Project project) {
        return new Client(project);
    }

    private static CalendarSpec office(String jurisdiction, String zone) {
        return CalendarSpec.mondayToFriday(jurisdiction, ZoneId.of(zone), LocalTime.of(9, 0), LocalTime.of(17, 0));
    }

    private static ProjectSettings settings(String name, String phone, String email, String address) {
        return new ProjectSettings(20, Set.of(), new Letterhead(name, phone, email, address, "9–17"));
    }

    /** A client in the making. */
    public final class Client {

        private final Project project;
        private final List<NewContactPoint> points = new ArrayList<>();
        private final List<NewConsent> consents = new ArrayList<>();
        private final List<NewSupportContact> supports = new ArrayList<>();
        private Profile.Person person = Profile.Person.named("Dana", "Whitfield", Locale.ENGLISH);
        private ReferralSource source = ReferralSource.SELF;
        private ServiceMode mode = ServiceMode.INDIVIDUAL;

        private Client(Project project) {
            this.project = project;
            String phone =
                    switch (project.country()) {
                        case "PE" -> "966 555 014";
                        case "IT" -> "011 555 0139";
                        default -> "905 555 0142";
                    };
            points.add(new NewContactPoint(ContactKind.PHONE, phone, "", true, true));
            points.add(new NewContactPoint(ContactKind.SMS, phone, "", true, true));
            points.add(new NewContactPoint(ContactKind.EMAIL, "dana.w@example.org", "", true, true));
            points.add(new NewContactPoint(ContactKind.ADDRESS, "4 Elm Avenue, Newmarket", "", true, true));
        }

        public Client named(String given, String family) {
            person = Profile.Person.named(given, family, person.languages().toArray(Locale[]::new));
            return this;
        }

        /** The preferred language first. */
        public Client speaking(String... languages) {
            Locale[] spoken =
                    Arrays.stream(languages).map(Locale::forLanguageTag).toArray(Locale[]::new);
            person = person.anonymous()
                    ? Profile.Person.anonymous(spoken)
                    : Profile.Person.named(person.givenName(), person.familyName(), spoken);
            return this;
        }

        public Client anonymous() {
            person = Profile.Person.anonymous(Locale.ENGLISH);
            return this;
        }

        /** Nothing on file yet, whatever it was. */
        public Client without(ContactKind kind) {
            points.removeIf(point -> point.kind() == kind);
            return this;
        }

        public Client with(ContactKind kind, String value) {
            points.add(new NewContactPoint(kind, value, "", false, true));
            return this;
        }

        /** The address is on file, but writing there could harm the client. */
        public Client withUnsafe(ContactKind kind) {
            List<NewContactPoint> same =
                    points.stream().filter(point -> point.kind() == kind).toList();
            points.removeAll(same);
            same.forEach(
                    point -> points.add(new NewContactPoint(kind, point.value(), point.label(), point.main(), false)));
            return this;
        }

        public Client consentingTo(Channel... channels) {
            for (Channel channel : channels) {
                consents.add(new NewConsent(channel, true, "client", dayOfConsent(), "2026-1"));
            }
            return this;
        }

        public Client consentingToVoicemail() {
            return consentingTo(Channel.VOICEMAIL);
        }

        public Client consentingToEverything() {
            return consentingTo(Channel.values());
        }

        public Client refusing(Channel channel) {
            consents.add(new NewConsent(channel, false, "client", dayOfConsent(), "2026-1"));
            return this;
        }

        /** Ruth W., an aunt. */
        public Client withSupportContact(boolean mayBeSpokenTo) {
            supports.add(new NewSupportContact("Ruth W.", "aunt", "+1 905 555 0177", mayBeSpokenTo));
            return this;
        }

        /** By an agency that can be phoned and written to. */
        public Client referredBy(String agency) {
            source = new ReferralSource(SourceKind.AGENCY, agency, "905 555 0199", "intake@agency.example");
            return this;
        }

        public Client inGroupService() {
            mode = ServiceMode.GROUP;
            return this;
        }

        /** The client alone, without a case. */
        public Profile create() {
            return profiles.create(new NewProfile(project.id(), person, points, consents, supports), UserId.SYSTEM);
        }

        /** The client with a new case. */
        public CaseSummary openCase() {
            return cases.open(new NewCase(project.id(), create().id(), source, mode, UserId.SYSTEM));
        }

        /** The client with a case that is assigned already. */
        public CaseSummary openCaseFor(UserId worker) {
            CaseSummary opened = openCase();
            cases.assign(opened.code(), worker, UserId.SYSTEM, "");
            return cases.byCode(opened.code());
        }

        private LocalDate dayOfConsent() {
            return LocalDate.ofInstant(clock.instant(), project.calendar().zone())
                    .minusDays(20);
        }
    }
}
