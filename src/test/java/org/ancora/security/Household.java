package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterId;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.correspondence.RecipientKind;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * A case in York with everything that a case can have, entered through the pages with words that stand nowhere else, and
 * people of another project who must learn nothing of it.
 */
@Component
class Household {

    /** Typed about the client; each is found nowhere but where the case's own people look. */
    static final List<String> SECRETS = List.of(
            "Zorabelle",
            "Quimbleworth",
            "5550163",
            "555-0163",
            "555 0163",
            "z.quimble@",
            "Wisteria Crescent",
            "Oswaldine",
            "Larkspur Clinic",
            "5550171",
            "555 0171",
            "sleeps in her car",
            "keeps a parrot",
            "half a confession");

    private final CaseworkFixtures fixtures;
    private final Users users;
    private final Letters letters;
    private final Notices notices;
    private final Clockwork clockwork;
    private final JdbcClient jdbc;
    private final ObjectProvider<MockMvc> web;

    Household(
            CaseworkFixtures fixtures,
            Users users,
            Letters letters,
            Notices notices,
            Clockwork clockwork,
            JdbcClient jdbc,
            ObjectProvider<MockMvc> web) {
        this.fixtures = fixtures;
        this.users = users;
        this.letters = letters;
        this.notices = notices;
        this.clockwork = clockwork;
        this.jdbc = jdbc;
        this.web = web;
    }

    /** The people, the case, and the ids of what hangs on it. */
    record Lived(
            Project york,
            Project torino,
            UserId worker,
            UserId coordinator,
            UserId supervisor,
            UserId reception,
            UserId owner,
            UserId admin,
            UserId stranger,
            String code,
            String task,
            LetterId letter,
            long notice,
            long contact,
            long support) {}

    /** Lives the case up to its first round of calls. */
    Lived live() throws Exception {
        Project york = fixtures.aProjectInOntario();
        Project torino = fixtures.aProjectInItaly();
        UserId worker = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        UserId coordinator = fixtures.aPerson("Cora Lindqvist", york, Role.COORDINATOR);
        UserId supervisor = fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR);
        UserId reception = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);
        UserId owner = fixtures.aPerson("Otto Brandt", york, Role.OWNER);
        fixtures.aPerson("Petra Novak", york, Role.PRIVACY);
        UserId admin = fixtures.aPerson("Ada Novak", york, Role.ADMIN);
        UserId stranger = fixtures.aPerson("Gina Fontana", torino, Role.values());
        jdbc.sql("""
                        with crew as (
                            insert into team (project_id, name, created_at) values (:york, 'Crew of York', now()))
                        insert into attribute (project_id, key, kind, name_en, name_es, name_it, position)
                        values (:york, 'shelter', 'text', 'Shelter', 'Albergue', 'Rifugio', 10)
                        """).param("york", york.id().value()).update();
        jdbc.sql("""
                        insert into project_file (project_id, name, media_type, size, content, uploaded_at)
                        values (:york, 'house rules.txt', 'text/plain', 5, 'quiet', now())
                        """).param("york", york.id().value()).update();
        jdbc.sql("""
                        insert into attribute_load (project_id, file_name, encoding, separator, header, mapping, state,
                                                    row_count, loaded_by, loaded_at)
                        values (:york, 'shelters.csv', 'UTF-8', ',', array['code', 'shelter'], array['case-code', '1'],
                                'checked', 0, :admin, now())
                        """)
                .param("york", york.id().value())
                .param("admin", admin.value())
                .update();

        String code = enterIntake(reception);
        complete(taskAt(code, "accept-intake"), coordinator, "{\"decision\":\"accept\",\"note\":\"keeps a parrot\"}");
        complete(taskAt(code, "assign-caseworker"), coordinator, "{\"worker\":\"" + worker + "\"}");
        String task = taskAt(code, "record-round");
        send(
                post("/tasks/" + task + "/draft")
                        .contentType("application/json")
                        .accept("application/json")
                        .content("{\"note\":\"half a confession\"}"),
                worker);
        send(post("/cases/" + code + "/flags").param("kind", "risk").param("note", "keeps a parrot"), worker);
        send(post("/cases/" + code + "/notes/new").param("text", "She keeps a parrot"), worker);
        send(
                post("/cases/" + code + "/reminders/new")
                        .param("text", "Ask how she keeps a parrot")
                        .param("when", "two-weeks"),
                worker);
        send(post("/cases/" + code + "/plan/goals/new").param("text", "She keeps a parrot"), worker);
        send(
                post("/cases/" + code + "/plan/goals/" + id("select min(id) from care_goal") + "/actions/new")
                        .param("text", "Ask who keeps a parrot")
                        .param("owner", "client")
                        .param("due", "5"),
                worker);
        send(
                post("/cases/" + code + "/plan/sign")
                        .param("name", "Zorabelle")
                        .param("manner", "paper")
                        .param("day", "2026-11-23")
                        .param("version", "2"),
                worker);
        LetterId letter = letters.send(new NewLetter(
                        new LetterKind("engagement", "no-contact"),
                        code,
                        RecipientKind.CLIENT,
                        Channel.POST,
                        Map.of("answerBy", "Monday 14 December 2026"),
                        "household " + code,
                        worker))
                .letter();
        assertThat(letter).isNotNull();
        notices.tell(worker, NewNotice.of("call-source", york.id(), code, "household"));
        // A neighbour's case that it has to do with, and another one that it has not.
        CaseSummary neighbour =
                fixtures.aClient(york).named("Nadia", "Verhoeven").openCase();
        fixtures.aClient(york).named("Piet", "Verhoeven").openCase();
        jdbc.sql("""
                        insert into related_case (case_id, other_id, kind, added_by, added_at)
                        select id, :other, 'household', :worker, now() from case_file where code = :code
                        """)
                .param("other", neighbour.id().value())
                .param("worker", worker.value())
                .param("code", code)
                .update();
        return new Lived(
                york,
                torino,
                worker,
                coordinator,
                supervisor,
                reception,
                owner,
                admin,
                stranger,
                code,
                task,
                letter,
                id("select max(id) from notice where user_id = " + worker.value()),
                id("select min(id) from contact_point where value like '%5550163'"),
                id("select min(id) from support_contact"));
    }

    String enterIntake(UserId reception) throws Exception {
        MockHttpServletRequestBuilder form = post("/p/york/intakes/new");
        intake().forEach(form::param);
        String path = web.getObject()
                .perform(form.with(signedIn(reception)).with(csrf()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        assertThat(path).startsWith("/cases/");
        clockwork.runDueJobs();
        return path.substring("/cases/".length());
    }

    static Map<String, String> intake() {
        return new java.util.HashMap<>(Map.ofEntries(
                Map.entry("requestKey", UUID.randomUUID().toString()),
                Map.entry("givenName", "Zorabelle"),
                Map.entry("familyName", "Quimbleworth"),
                Map.entry("language", "en"),
                Map.entry("serviceMode", "individual"),
                Map.entry("mainPhone", "905 555 0163"),
                Map.entry("mainPhoneSafe", "yes"),
                Map.entry("textsToMain", "true"),
                Map.entry("email", "z.quimble@example.org"),
                Map.entry("emailSafe", "yes"),
                Map.entry("address", "9 Wisteria Crescent, Newmarket ON L3Y 1A1"),
                Map.entry("addressSafe", "yes"),
                Map.entry("consentVoicemail", "yes"),
                Map.entry("consentSms", "yes"),
                Map.entry("consentEmail", "yes"),
                Map.entry("consentPost", "yes"),
                Map.entry("consentFamily", "yes"),
                Map.entry("consentBy", "client"),
                Map.entry("supportName", "Oswaldine"),
                Map.entry("supportRelation", "aunt"),
                Map.entry("supportPhone", "905 555 0171"),
                Map.entry("sourceKind", "agency"),
                Map.entry("sourceName", "Larkspur Clinic"),
                Map.entry("sourcePhone", "905 555 0199"),
                Map.entry("need", "She sleeps in her car")));
    }

    String taskAt(String code, String element) {
        return jdbc.sql("select id from work_item where case_code = :code and element = :element")
                .param("code", code)
                .param("element", element)
                .query(String.class)
                .single();
    }

    void complete(String task, UserId who, String answers) throws Exception {
        send(
                post("/tasks/" + task + "/complete")
                        .contentType("application/json")
                        .accept("application/json")
                        .content(answers),
                who);
        clockwork.runDueJobs();
    }

    private void send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        var answer = web.getObject()
                .perform(request.with(signedIn(who)).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isLessThan(400);
    }

    /** What stands in the database, but for sessions and the logs of who looked: equal before and after a refusal. */
    Map<String, String> everything() {
        Map<String, String> tables = new java.util.TreeMap<>();
        List<String> names = new ArrayList<>(jdbc.sql("""
                        select format('%I.%I', schemaname, tablename) from pg_tables
                         where schemaname in ('public', 'engine')
                           and tablename not like 'spring_session%'
                           and tablename not in ('read_access', 'case_visit', 'sign_in_throttle', 'flyway_schema_history')
                        """).query(String.class).list());
        for (String name : names) {
            tables.put(
                    name,
                    jdbc.sql("select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from " + name + " t"
                                    // An incident's readers are kept with it, for those alone who may know of it.
                                    + (name.equals("public.incident_entry") ? " where t.kind <> 'read'" : ""))
                            .query(String.class)
                            .single());
        }
        return tables;
    }

    private long id(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
