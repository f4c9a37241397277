package org.ancora.attention;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Walls;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Languages;
import org.ancora.web.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers petitions and finds them again. Whoever is complained about finds none of them (J-R12). */
@Service
public class Petitions {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int SECRET_BYTES = 32;

    /** Of a unit's people: what waits for their unit, or what one of them has. */
    private static final String OWN = """
            exists (select from work_item w
                     where w.case_code = p.number and (w.assignee = :scopeViewer or 'unit' = any(w.teams)))""";

    private final JdbcClient jdbc;
    private final RegistrationNumbers numbers;
    private final Projects projects;
    private final Walls walls;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Petitions(
            JdbcClient jdbc,
            RegistrationNumbers numbers,
            Projects projects,
            Walls walls,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.numbers = numbers;
        this.projects = projects;
        this.walls = walls;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Registers a petition: gives it its number and, unless it was solved at once, has its answer promised (J37).
     *
     * @param by who wrote it down; null for the person themselves
     * @return with number and promised day, which is how the person is told both
     */
    @Transactional
    public Petition register(NewPetition petition, @Nullable UserId by) {
        return register(petition, null, Set.of(), by);
    }

    /**
     * As {@link #register(NewPetition, UserId)}, hidden from the beginning from more people than the one it is about: before
     * anybody is told of it (J-R12).
     */
    @Transactional
    public Petition registerHidden(NewPetition petition, Set<UserId> from, @Nullable UserId by) {
        return register(petition, null, from, by);
    }

    /**
     * As {@link #register(NewPetition, UserId)}, once however often the same form is sent.
     *
     * @param requestKey the same for the same form with the same words, see {@link RequestKey}
     * @return what was registered now, or with this key before
     */
    @Transactional
    public Petition registerOnce(NewPetition petition, UUID requestKey, @Nullable UserId by) {
        RequestKey.hold(requestKey, jdbc);
        return jdbc.sql("select p.* from petition p where p.request_key = :key and p.project_id = :project")
                .param("key", requestKey)
                .param("project", petition.project().value())
                .query(PetitionRows::petition)
                .optional()
                .orElseGet(() -> register(petition, requestKey, Set.of(), by));
    }

    private Petition register(
            NewPetition petition, @Nullable UUID requestKey, Set<UserId> hiddenFrom, @Nullable UserId by) {
        Project project = projects.get(petition.project());
        Instant now = clock.instant();
        int year = PetitionRows.day(now, project.calendar().zone()).getYear();
        long petitioner = insert(petition.petitioner(), project);
        String number = numbers.next(petition.office(), year);
        insert(petition, number, petitioner, requestKey, now, by);
        Petition registered = byNumber(number);
        UserId about = petition.about();
        if (about != null) {
            hide(registered, about);
        }
        hiddenFrom.forEach(person -> hide(registered, person));
        events.publishEvent(new Audited("petition.registered", project.id(), number, "petition", number, by, Map.of())
                .with("kind", petition.kind().code())
                .with("channel", petition.channel().code()));
        Destination destination = petition.destination();
        if (destination == null) {
            return registered;
        }
        events.publishEvent(new PetitionRegistered(registered, destination));
        return byNumber(number);
    }

    /** Hides a petition, and the visit or call in which it was made, from somebody who must learn nothing of it (J-R12). */
    @Transactional
    public void hide(Petition petition, UserId from) {
        walls.raise(from, petition.number());
        String attendance = petition.attendance();
        if (attendance != null) {
            walls.raise(from, attendance);
        }
    }

    /**
     * Shows somebody again what was hidden from them by mistake; the visit or call stays hidden while another petition made
     * in it is about them.
     */
    @Transactional
    public void show(Petition petition, UserId to) {
        walls.takeDown(to, petition.number());
        String attendance = petition.attendance();
        if (attendance != null
                && !jdbc.sql("""
                        select exists (select from petition
                                        where attendance = :attendance and about = :person and number <> :number)
                        """)
                        .param("attendance", attendance)
                        .param("person", to.value())
                        .param("number", petition.number())
                        .query(Boolean.class)
                        .single()) {
            walls.takeDown(to, attendance);
        }
    }

    /** The petition with this number, when the viewer may know of it. */
    @Transactional(readOnly = true)
    public Optional<Petition> find(String number, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        return jdbc.sql("""
                        select p.* from petition p
                         where p.number = :number and p.about is distinct from :scopeViewer and %s
                        """.formatted(scope.sql("p.project_id", OWN) + scope.beyondWalls("p.number")))
                .params(scope.params())
                .param("number", number)
                .query(PetitionRows::petition)
                .optional();
    }

    /** The petition with this number, whoever asks. */
    @Transactional(readOnly = true)
    public Petition byNumber(String number) {
        return jdbc.sql("select p.* from petition p where p.number = :number")
                .param("number", number)
                .query(PetitionRows::petition)
                .optional()
                .orElseThrow(() -> new Hidden("petition", number));
    }

    /** The petitions made in a visit or call, oldest first, as far as the viewer may know of them. */
    @Transactional(readOnly = true)
    public List<Petition> ofAttendance(String attendance, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        return jdbc.sql("""
                        select p.* from petition p
                         where p.attendance = :attendance and p.about is distinct from :scopeViewer and %s
                         order by p.id
                        """.formatted(scope.sql("p.project_id", OWN) + scope.beyondWalls("p.number")))
                .params(scope.params())
                .param("attendance", attendance)
                .query(PetitionRows::petition)
                .list();
    }

    /** The newest petitions of a project, as far as the viewer may know of them. */
    @Transactional(readOnly = true)
    public List<Petition> newest(Project project, Viewer viewer, int most) {
        Scope scope = Scope.of(viewer, Permission.READ_PETITIONS);
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("project", project.id().value());
        params.put("most", most);
        return jdbc.sql("""
                        select p.* from petition p
                         where p.project_id = :project and p.about is distinct from :scopeViewer and %s
                         order by p.registered_at desc, p.id desc limit :most
                        """.formatted(scope.sql("p.project_id", OWN) + scope.beyondWalls("p.number")))
                .params(params)
                .query(PetitionRows::petition)
                .list();
    }

    /**
     * How petitions that were not solved at once came out, as far as they did.
     *
     * @return the stage's code of each that was answered or ended otherwise, by number
     */
    @Transactional(readOnly = true)
    public Map<String, String> ended(Collection<Petition> petitions) {
        List<String> open = petitions.stream()
                .filter(petition -> !petition.solvedAtOnce())
                .map(Petition::number)
                .toList();
        Map<String, String> stages = new HashMap<>();
        if (!open.isEmpty()) {
            jdbc.sql("""
                            select number, case when ended_at is null then 'answered' else stage end as stage
                              from complaint
                             where number in (:numbers) and (ended_at is not null or answered_at is not null)
                            """).param("numbers", open).query(row -> {
                stages.put(row.getString("number"), row.getString("stage"));
            });
        }
        return stages;
    }

    /** Who asks. */
    @Transactional(readOnly = true)
    public Petitioner petitioner(PetitionerId id) {
        return jdbc.sql("select * from petitioner where id = :id")
                .param("id", id.value())
                .query(PetitionRows::petitioner)
                .single();
    }

    /** Keeps the day that is promised for the answer. */
    @Transactional
    public void promise(PetitionId petition, LocalDate due) {
        jdbc.sql("update petition set promised_on = :due where id = :id")
                .param("due", due)
                .param("id", petition.value())
                .update();
    }

    /** Where the public status page of a petition is: {@code /petition/…}, which nobody can guess. */
    @Transactional(readOnly = true)
    public String link(PetitionId petition) {
        return jdbc.sql("select '/petition/' || status_secret from petition where id = :id")
                .param("id", petition.value())
                .query(String.class)
                .single();
    }

    /** The petition to which a status page belongs. */
    @Transactional(readOnly = true)
    public Optional<Petition> behind(String secret) {
        return jdbc.sql("select p.* from petition p where p.status_secret = :secret")
                .param("secret", secret)
                .query(PetitionRows::petition)
                .optional();
    }

    private long insert(NewPetitioner who, Project project) {
        return jdbc.sql("""
                        insert into petitioner (project_id, document, given_name, family_name, beneficiary, household_code,
                                                representative, district, province, region, phone, call_back_number,
                                                email, address, safe_times, language)
                        values (:project, :document, :given, :family, :beneficiary, :household, :representative, :district,
                                :province, :region, :phone, :callBack, :email, :address, :times, :language)
                        returning id
                        """)
                .param("project", project.id().value())
                .param("document", who.document())
                .param("given", who.givenName())
                .param("family", who.familyName())
                .param("beneficiary", who.beneficiary().code())
                .param("household", who.householdCode())
                .param("representative", who.representative())
                .param("district", who.district())
                .param("province", who.province())
                .param("region", who.region())
                .param("phone", who.phone())
                .param("callBack", who.callBackNumber())
                .param("email", who.email())
                .param("address", who.address())
                .param("times", who.safeTimes())
                .param("language", ours(who.language()))
                .query(Long.class)
                .single();
    }

    private void insert(
            NewPetition petition,
            String number,
            long petitioner,
            @Nullable UUID requestKey,
            Instant now,
            @Nullable UserId by) {
        Destination destination = petition.destination();
        UserId about = petition.about();
        jdbc.sql("""
                        insert into petition (number, project_id, office, kind, channel, level, petitioner_id, motive,
                                              orientation, about, registered_at, registered_by, solved_at_once,
                                              destination, attendance, status_secret, request_key)
                        values (:number, :project, :office, :kind, :channel, :level, :petitioner, :motive, :orientation,
                                :about, :now, :by, :solved, :destination, :attendance, :secret, :key)
                        """)
                .param("number", number)
                .param("project", petition.project().value())
                .param("office", petition.office().value())
                .param("kind", petition.kind().code())
                .param("channel", petition.channel().code())
                .param("level", petition.level().code())
                .param("petitioner", petitioner)
                .param("motive", petition.motive())
                .param("orientation", petition.orientation())
                .param("about", about == null ? null : about.value())
                .param("now", PetitionRows.at(now))
                .param("by", by == null || by.equals(UserId.SYSTEM) ? null : by.value())
                .param("solved", petition.solvedAtOnce())
                .param("destination", destination == null ? null : destination.code())
                .param("attendance", petition.attendance())
                .param("secret", secret())
                .param("key", requestKey)
                .update();
    }

    private static String ours(Locale language) {
        return Languages.ALL.stream()
                .map(Locale::getLanguage)
                .filter(language.getLanguage()::equals)
                .findFirst()
                .orElse("en");
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
