package org.ancora.process.studio;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.model.Finding;
import org.ancora.web.Problem;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who brought what no door of the studio lets in: the door and the rule, never a word of what was sent, which may be about
 * people. Written in a transaction of its own, since that of the attempt is undone.
 */
@Service
public class RefusalLog {

    private static final String ACTION = "procedure.refused";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate apart;

    RefusalLog(JdbcClient jdbc, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.events = events;
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Notes what the model check refused.
     *
     * @param door at which it was brought, such as {@code publish}
     * @param found among which one refuses
     * @throws IllegalArgumentException when nothing refuses it
     */
    public void refused(String folder, String door, List<Finding> found, UserId by) {
        Map<String, String> details = details(door, found);
        apart.executeWithoutResult(running -> write(folder, details, by));
    }

    /** As {@link #refused}, for a door that asks again every few letters: said once until the person does something else. */
    void refusedAgain(String folder, String door, List<Finding> found, UserId by) {
        Map<String, String> details = details(door, found);
        apart.executeWithoutResult(running -> writeOnce(folder, details, by));
    }

    /**
     * Does what is asked at a door, and notes when it is refused: what is too large, in another encoding or no file of ours. Not
     * when somebody else was faster, nor when it has to wait, which is no fault of what was brought.
     *
     * @param door as of {@link #refused}
     */
    <T> T watched(String folder, String door, UserId by, Supplier<T> deed) {
        try {
            return deed.get();
        } catch (Problem problem) {
            refused(folder, door, problem, by);
            throw problem;
        }
    }

    /** As {@link #watched}, where what was asked has been refused already. */
    void refused(String folder, String door, Problem problem, UserId by) {
        HttpStatus status = problem.status();
        if (status.is4xxClientError() && status != HttpStatus.CONFLICT && status != HttpStatus.TOO_MANY_REQUESTS) {
            // Editors try again by themselves what could not be saved.
            apart.executeWithoutResult(
                    running -> writeOnce(folder, Map.of("door", door, "rule", problem.key(), "count", "1"), by));
        }
    }

    private static Map<String, String> details(String door, List<Finding> found) {
        Finding first = found.stream()
                .filter(Finding::refuses)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing refuses it"));
        return Map.of("door", door, "rule", first.rule(), "count", String.valueOf(found.size()));
    }

    private void writeOnce(String folder, Map<String, String> details, UserId by) {
        boolean said = jdbc.sql("""
                        select action = :action and details ->> 'door' = :door and details ->> 'rule' = :rule
                          from activity
                         where subject = 'procedure' and subject_id = :folder and case_code is null and by_account = :by
                         order by id desc limit 1
                        """)
                .param("action", ACTION)
                .param("door", details.get("door"))
                .param("rule", details.get("rule"))
                .param("folder", folder)
                .param("by", by.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (!said) {
            write(folder, details, by);
        }
    }

    private void write(String folder, Map<String, String> details, UserId by) {
        events.publishEvent(new Audited(ACTION, null, null, "procedure", folder, by, details));
    }
}
