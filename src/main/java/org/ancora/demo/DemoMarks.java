package org.ancora.demo;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.casework.Cases;
import org.ancora.casework.Flag;
import org.ancora.casework.TeamId;
import org.ancora.casework.marks.AttributeKind;
import org.ancora.casework.marks.CaseMarks;
import org.ancora.casework.marks.CaseMarks.NewAttribute;
import org.ancora.casework.people.CasePeople;
import org.ancora.network.Project;
import org.ancora.network.Wording;
import org.ancora.web.Tone;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo's projects mark their cases with, and who works on them together. */
@Component
@Profile("demo")
class DemoMarks {

    /** What each project says in its own language. */
    private record Words(String safeguarding, String dog, String register, String team, String purpose) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
                    new Words(
                            "Tell your supervisor the same day. Never visit alone, and never leave a message about it.",
                            "Call before you visit, and wait at the gate.",
                            "Ontario health card",
                            "Outreach",
                            "Visits at home and in the street"),
            "es",
                    new Words(
                            "Avise a supervisión el mismo día. No visite solo ni deje mensajes sobre el tema.",
                            "Llame antes de visitar y espere en la puerta.",
                            "RENIEC (DNI)",
                            "Visitas",
                            "Visitas al hogar y a la comunidad"),
            "it",
                    new Words(
                            "Avvisi il supervisore in giornata. Mai visite da soli, mai messaggi sull’argomento.",
                            "Chiami prima della visita e attenda al cancello.",
                            "Anagrafe comunale",
                            "Domiciliare",
                            "Visite a casa e sul territorio"));

    private static final Wording DOG = new Wording("dog at home", "perro en casa", "cane in casa");

    private static final LocalDate FIRST_VISITS = LocalDate.of(2026, 11, 9);

    private static final List<String> HOUSINGS = List.of("rents", "shelter", "owns");

    private final JdbcClient jdbc;
    private final DemoPeople people;
    private final Cases cases;
    private final CaseMarks marks;
    private final CasePeople company;
    private final Viewers viewers;

    DemoMarks(JdbcClient jdbc, DemoPeople people, Cases cases, CaseMarks marks, CasePeople company, Viewers viewers) {
        this.jdbc = jdbc;
        this.people = people;
        this.cases = cases;
        this.marks = marks;
        this.company = company;
        this.viewers = viewers;
    }

    void mark(Project project) {
        Words words = Objects.requireNonNull(WORDS.get(project.locale().getLanguage()));
        UserId admin = people.everywhere(Role.ADMIN);
        UserId worker = people.everywhere(Role.CASEWORKER);
        flagKinds(project, words, admin);
        attributes(project, words, admin);
        List<String> codes = jdbc.sql("select code from case_file where project_id = :project order by code")
                .param("project", project.id().value())
                .query(String.class)
                .list();
        for (int i = 0; i < codes.size(); i++) {
            marks.setValues(codes.get(i), values(i), worker);
        }
        cases.raiseFlag(numbered(codes, 2), new Flag.Kind("dog", DOG, Tone.PLAIN, false), "", worker);
        UserId coordinator = people.everywhere(Role.COORDINATOR);
        UserId colleague = people.in(project, Role.CASEWORKER);
        company.share(numbered(codes, 3), colleague, coordinator);
        company.sameHousehold(
                numbered(codes, 2), numbered(codes, 5), viewers.of(coordinator).orElseThrow());
        TeamId team = company.addTeam(
                project.id(), words.team(), words.purpose(), Set.of(worker, coordinator, colleague), admin);
        company.giveToTeam(numbered(codes, 18), team, coordinator);
    }

    private void flagKinds(Project project, Words words, UserId admin) {
        marks.setProtocol(project.id(), "safeguarding", words.safeguarding(), admin);
        marks.addFlagKind(project.id(), "dog", DOG, Tone.PLAIN, words.dog(), 60, admin);
    }

    private void attributes(Project project, Words words, UserId admin) {
        Map<String, Wording> housings = new LinkedHashMap<>();
        housings.put("owns", new Wording("owns", "propia", "di proprietà"));
        housings.put("rents", new Wording("rents", "alquila", "in affitto"));
        housings.put("shelter", new Wording("shelter", "albergue", "dormitorio"));
        for (NewAttribute each : List.of(
                new NewAttribute(
                        "register",
                        AttributeKind.EXTERNAL_ID,
                        new Wording("Register number", "Número de registro", "Numero di registro"),
                        words.register(),
                        false,
                        10,
                        Map.of()),
                new NewAttribute(
                        "household-size",
                        AttributeKind.NUMBER,
                        new Wording("People in the household", "Personas en el hogar", "Persone nel nucleo"),
                        "",
                        true,
                        20,
                        Map.of()),
                new NewAttribute(
                        "housing",
                        AttributeKind.CHOICE,
                        new Wording("Housing", "Vivienda", "Abitazione"),
                        "",
                        false,
                        30,
                        housings),
                new NewAttribute(
                        "first-visit",
                        AttributeKind.DATE,
                        new Wording("First visit at home", "Primera visita al hogar", "Prima visita a casa"),
                        "",
                        false,
                        40,
                        Map.of()))) {
            marks.addAttribute(project.id(), each, admin);
        }
    }

    /** Two thirds of what could be known of a case, not the same two of each. */
    private static Map<String, String> values(int index) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("register", "R-" + (40710 + 13 * index));
        all.put("household-size", String.valueOf(1 + index % 5));
        all.put("housing", HOUSINGS.get(index % 3));
        all.put("first-visit", FIRST_VISITS.plusDays(index % 7).toString());
        int position = index;
        for (var value = all.entrySet().iterator(); value.hasNext(); position++) {
            value.next();
            if (position % 3 == 2) {
                value.remove();
            }
        }
        return all;
    }

    private static String numbered(List<String> codes, int number) {
        String end = "%04d".formatted(number);
        return codes.stream().filter(code -> code.endsWith(end)).findFirst().orElseThrow();
    }
}
