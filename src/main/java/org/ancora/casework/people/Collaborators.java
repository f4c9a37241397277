package org.ancora.casework.people;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseIsClosed;
import org.ancora.casework.CaseShared;
import org.ancora.casework.CaseSummary;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * People who work on a case beside its caseworker, of the own organisation or of a partner that works in the project
 * (C61, C62). What they may do there follows their role in the project (C63).
 */
@Service
public class Collaborators {

    private final JdbcClient jdbc;
    private final ProjectPeople people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Collaborators(JdbcClient jdbc, ProjectPeople people, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Returns who could be added: has a role in the project that opens cases, and does not work on this one already. */
    List<ProjectPeople.Person> candidates(CaseSummary caseFile) {
        return people.of(caseFile.project()).stream()
                .filter(ProjectPeople.Person::mayOpenCases)
                .filter(person -> !caseFile.isAssignedTo(person.id())
                        && caseFile.sharing().collaborators().stream()
                                .noneMatch(each -> each.id().equals(person.id())))
                .toList();
    }

    /**
     * Adds somebody to a case. Adding twice changes nothing.
     *
     * @throws Hidden when that person has no role in the project by which they could open cases
     * @throws CaseIsClosed when the case is closed
     */
    @Transactional
    public void add(CaseSummary caseFile, UserId person, UserId by) {
        if (caseFile.isClosed()) {
            throw new CaseIsClosed(caseFile.code());
        }
        if (people.of(caseFile.project()).stream().noneMatch(each -> each.id().equals(person) && each.mayOpenCases())) {
            throw new Hidden("person", person);
        }
        int added = jdbc.sql("""
                        insert into case_collaborator (case_id, user_id, added_by, added_at)
                        values (:case, :person, :by, :now) on conflict do nothing
                        """)
                .param("case", caseFile.id().value())
                .param("person", person.value())
                .param("by", TeamRows.account(by))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            ProjectId project = caseFile.project();
            events.publishEvent(
                    Audited.ofCase("case.shared", project, caseFile.code(), by).with("to", person));
            events.publishEvent(new CaseShared(caseFile.code(), project, person, by));
        }
    }

    /** Takes somebody off a case, closed or not. Taking off who is not on it changes nothing. */
    @Transactional
    public void remove(CaseSummary caseFile, UserId person, UserId by) {
        int removed = jdbc.sql("delete from case_collaborator where case_id = :case and user_id = :person")
                .param("case", caseFile.id().value())
                .param("person", person.value())
                .update();
        if (removed > 0) {
            events.publishEvent(Audited.ofCase("case.no-longer-shared", caseFile.project(), caseFile.code(), by)
                    .with("from", person));
        }
    }
}
