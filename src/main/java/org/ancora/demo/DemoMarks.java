package org.ancora.demo;

import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.Project;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo's projects mark their cases with, and who works on them together; written straight into the tables. */
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

    private final JdbcClient jdbc;
    private final DemoPeople people;

    DemoMarks(JdbcClient jdbc, DemoPeople people) {
        this.jdbc = jdbc;
        this.people = people;
    }

    void mark(Project project) {
        Words words = Objects.requireNonNull(WORDS.get(project.locale().getLanguage()));
        long id = project.id().value();
        flags(id, words);
        attributes(id, words);
        UserId colleague = people.in(project, Role.CASEWORKER);
        team(id, words, colleague);
        jdbc.sql("""
                        insert into case_collaborator (case_id, user_id, added_at)
                        select c.id, :colleague, c.opened_at from case_file c
                         where c.project_id = :project and c.code like '%0003'
                        """).param("colleague", colleague.value()).param("project", id).update();
        jdbc.sql("""
                        insert into related_case (case_id, other_id, kind, added_at)
                        select c.id, o.id, 'household', c.opened_at
                          from case_file c join case_file o on o.project_id = c.project_id and o.code like '%0005'
                         where c.project_id = :project and c.code like '%0002'
                        """).param("project", id).update();
    }

    private void flags(long project, Words words) {
        jdbc.sql("update flag_kind set protocol = :protocol where project_id = :project and key = 'safeguarding'")
                .param("protocol", words.safeguarding())
                .param("project", project)
                .update();
        jdbc.sql("""
                        insert into flag_kind (project_id, key, name_en, name_es, name_it, colour, protocol, position)
                        values (:project, 'dog', 'dog at home', 'perro en casa', 'cane in casa', 'plain', :protocol, 60)
                        """).param("project", project).param("protocol", words.dog()).update();
        jdbc.sql("""
                        insert into case_flag (case_id, kind, raised_at)
                        select c.id, 'dog', c.opened_at from case_file c
                         where c.project_id = :project and c.code like '%0002'
                        """).param("project", project).update();
    }

    private void attributes(long project, Words words) {
        jdbc.sql("""
                        with asked as (
                            insert into attribute (project_id, key, kind, name_en, name_es, name_it, system, required, position)
                            values (:project, 'register', 'external-id', 'Register number', 'Número de registro',
                                    'Numero di registro', :register, false, 10),
                                   (:project, 'household-size', 'number', 'People in the household', 'Personas en el hogar',
                                    'Persone nel nucleo', '', true, 20),
                                   (:project, 'housing', 'choice', 'Housing', 'Vivienda', 'Abitazione', '', false, 30),
                                   (:project, 'first-visit', 'date', 'First visit at home', 'Primera visita al hogar',
                                    'Prima visita a casa', '', false, 40)
                            returning id, key
                        )
                        insert into attribute_choice (attribute_id, key, name_en, name_es, name_it, position)
                        select a.id, v.key, v.en, v.es, v.it, v.position
                          from asked a,
                               (values ('owns', 'owns', 'propia', 'di proprietà', 0), ('rents', 'rents', 'alquila', 'in affitto', 1),
                                       ('shelter', 'shelter', 'albergue', 'dormitorio', 2)) v (key, en, es, it, position)
                         where a.key = 'housing'
                        """)
                .param("project", project)
                .param("register", words.register())
                .update();
        jdbc.sql("""
                        insert into case_attribute (case_id, attribute_id, kind, value_text, value_number, value_date)
                        select c.id, a.id, a.kind,
                               case a.kind when 'external-id' then 'R-' || (40710 + 13 * c.id)
                                           when 'choice' then (array['rents', 'shelter', 'owns'])[1 + c.id % 3] end,
                               case when a.kind = 'number' then 1 + c.id % 5 end,
                               case when a.kind = 'date' then c.opened_at::date + 2 end
                          from case_file c join attribute a on a.project_id = c.project_id
                         where c.project_id = :project and (c.id + a.position / 10) % 3 > 0
                        """).param("project", project).update();
    }

    private void team(long project, Words words, UserId colleague) {
        jdbc.sql("""
                        with crew as (
                            insert into team (project_id, name, purpose, created_at)
                            select :project, :name, :purpose, min(c.opened_at) from case_file c
                             where c.project_id = :project having count(*) > 0
                            returning id
                        ), members as (
                            insert into team_member (team_id, user_id, added_at)
                            select crew.id, member, now() from crew, unnest(:members::bigint[]) member
                        )
                        update case_file c set team_id = crew.id from crew
                         where c.project_id = :project and c.code like '%0018'
                        """)
                .param("project", project)
                .param("name", words.team())
                .param("purpose", words.purpose())
                .param("members", new Long[] {
                    people.everywhere(Role.CASEWORKER).value(),
                    people.everywhere(Role.COORDINATOR).value(),
                    colleague.value()
                })
                .update();
    }
}
