package org.ancora.faults;

import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One project with its people, written straight into an empty database that a node has set up. */
final class Town {

    static final String PASSWORD = "seven quiet anchors";

    private final JdbcClient jdbc;
    private final Person reception;
    private final Person coordinator;
    private final Person supervisor;
    private final List<Person> workers;

    Town(JdbcClient jdbc) {
        this.jdbc = jdbc;
        long project = project();
        this.reception = person("rita", project, "reception");
        this.coordinator = person("cora", project, "coordinator");
        this.supervisor = person("susan", project, "supervisor");
        this.workers = List.of(
                person("sam", project, "caseworker"),
                person("noor", project, "caseworker"),
                person("ivo", project, "caseworker"));
    }

    Town signIn(Node node) throws IOException, InterruptedException {
        for (Person person : everybody()) {
            person.signIn(node);
        }
        return this;
    }

    Person reception() {
        return reception;
    }

    Person coordinator() {
        return coordinator;
    }

    Person supervisor() {
        return supervisor;
    }

    List<Person> workers() {
        return workers;
    }

    List<Person> everybody() {
        return List.of(reception, coordinator, supervisor, workers.get(0), workers.get(1), workers.get(2));
    }

    private long project() {
        return jdbc.sql("""
                        with home as (insert into network (name) values ('Care Network') returning id),
                             office as (insert into organisation (network_id, name)
                                        select id, 'York Support' from home returning id, network_id)
                        insert into project (network_id, organisation_id, key, name, code_prefix, locale, accent, initials,
                               jurisdiction, zone, opens, closes, weekend, caseload_limit, letterhead_name,
                               letterhead_phone, letterhead_email, letterhead_address, letterhead_hours)
                        select network_id, id, 'york', 'Individual support', 'YRK', 'en-CA', 'teal', 'ON', 'CA-ON',
                               'America/Toronto', '09:00', '17:00', '{SATURDAY,SUNDAY}', 100000, 'York Support',
                               '905 555 0100', 'help@york.example', '12 Main Street, Newmarket', '9-17'
                          from office
                        returning id
                        """).query(Long.class).single();
    }

    private Person person(String name, long project, String role) {
        long id = jdbc.sql("""
                        with account as (
                            insert into account (sign_in_name, name, email, password_hash, locale, notices, created_at)
                            values (:name, initcap(:name), :name || '@york.example', '{noop}' || :password, 'en',
                                    'at-once', now())
                            returning id)
                        insert into membership (account_id, project_id, role, created_at)
                        select id, :project, :role, now() from account
                        returning account_id
                        """)
                .param("name", name)
                .param("password", PASSWORD)
                .param("project", project)
                .param("role", role)
                .query(Long.class)
                .single();
        return new Person(id, name);
    }
}
