package org.ancora.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.faults.Operations.Deed;
import org.ancora.faults.Operations.Seen;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what people were told with what is there: tables, activity log, engine and mail server. What was acknowledged
 * is there once, what nobody acknowledged at most once and whole, nothing is stuck, and the two records of open work
 * agree. Every finding is a sentence that names the row.
 */
final class Checker {

    private final JdbcClient jdbc;
    private final SmtpSink sink;
    private final List<String> findings = new ArrayList<>();

    Checker(JdbcClient jdbc, SmtpSink sink) {
        this.jdbc = jdbc;
        this.sink = sink;
    }

    /** Waits until no job is due or being worked at, as it must come to be with nobody's help. */
    static void awaitQuiet(JdbcClient jdbc, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        int quiet = 0;
        while (System.nanoTime() < until) {
            quiet = busy(jdbc).isEmpty() ? quiet + 1 : 0;
            letRetriesCome(jdbc);
            if (quiet == 3) {
                return;
            }
            Thread.sleep(300);
        }
        throw new AssertionError("Jobs that nobody takes up within " + limit + ": " + busy(jdbc));
    }

    /** The hours until a failed job is tried again go by at once. */
    private static void letRetriesCome(JdbcClient jdbc) {
        jdbc.sql("""
                        update engine.act_ru_job set duedate_ = now() at time zone 'UTC'
                         where retries_ > 0 and lock_owner_ is null and duedate_ > now() at time zone 'UTC'
                           and exception_msg_ is not null
                        """).update();
    }

    private static List<String> busy(JdbcClient jdbc) {
        return jdbc.sql("""
                        select id_ || ' of ' || coalesce(process_def_key_, '') || ', retries ' || retries_ || ', due ' || duedate_
                               || coalesce(', locked until ' || lock_exp_time_ || ' by ' || lock_owner_, '')
                               || coalesce(', ' || left(exception_msg_, 200), '')
                          from engine.act_ru_job
                         where retries_ > 0 and handler_type_ <> 'history-cleanup'
                           and (duedate_ <= now() at time zone 'UTC' or lock_owner_ is not null
                                or exception_msg_ is not null)
                        """).query(String.class).list();
    }

    /** Everything that is not as it should be; empty when all is well. */
    List<String> findings(List<Deed> deeds) {
        deeds.stream()
                .filter(deed -> deed.status() == 500)
                .forEach(deed -> findings.add("a fault instead of an answer: " + deed));
        deeds.stream()
                .filter(deed -> deed.result().contains("HTTP Status"))
                .forEach(deed -> findings.add("an answer in the web server's own words: " + deed));
        intakes(deeds);
        completions(deeds);
        workList();
        casesGoOn();
        jobs();
        mail();
        activity();
        return List.copyOf(findings);
    }

    /** What is stuck or doubled, whoever did what. */
    List<String> stuck() {
        workList();
        casesGoOn();
        jobs();
        mail();
        activity();
        return List.copyOf(findings);
    }

    private void intakes(List<Deed> deeds) {
        Map<String, String> registered = new HashMap<>();
        jdbc.sql("select request_key::text as key, coalesce(case_code, '') as code from intake")
                .query(row -> {
                    registered.put(row.getString("key"), row.getString("code"));
                });
        Map<String, List<Deed>> byKey =
                deeds.stream().filter(deed -> deed.kind().equals("intake")).collect(Collectors.groupingBy(Deed::key));
        byKey.forEach((key, all) -> {
            String code = registered.get(key);
            for (Deed deed : all) {
                if (deed.seen() == Seen.ACKNOWLEDGED) {
                    require(code != null, "lost: intake " + key + " was acknowledged as " + deed.result());
                    require(
                            code == null || deed.result().endsWith("/cases/" + code),
                            "intake " + key + " led to " + deed.result() + " but is " + code);
                }
            }
        });
        registered.keySet().forEach(key -> require(byKey.containsKey(key), "an intake nobody sent: " + key));
        nothing("an intake without its case", "select request_key::text from intake where case_code is null");
        nothing("a case without its intake or with two", """
                select c.code from case_file c left join intake i on i.case_code = c.code
                 group by c.code having count(i.*) <> 1
                """);
        nothing("a client with two cases or none", """
                select p.id::text from profile p left join case_file c on c.profile_id = p.id
                 group by p.id having count(c.*) <> 1
                """);
        nothing("a case without a search, or with two", """
                select c.code from case_file c left join engagement_episode e on e.case_code = c.code
                 group by c.code having count(e.*) <> 1
                """);
        nothing("a case without its procedure, or with two", """
                select c.code from case_file c
                  left join engine.act_hi_procinst p
                         on p.business_key_ = c.code and p.proc_def_key_ = 'engagement-on-entry'
                 group by c.code having count(p.*) <> 1
                """);
    }

    private void completions(List<Deed> deeds) {
        Map<String, Long> by = new HashMap<>();
        jdbc.sql("select id, completed_by from work_done where completed").query(row -> {
            by.put(row.getString("id"), row.getLong("completed_by"));
        });
        Map<String, Long> attempts = new HashMap<>();
        jdbc.sql("select task_id, count(*) as number from contact_attempt where task_id is not null group by task_id")
                .query(row -> {
                    attempts.put(row.getString("task_id"), row.getLong("number"));
                });
        Map<String, List<Deed>> byTask =
                deeds.stream().filter(deed -> deed.kind().equals("complete")).collect(Collectors.groupingBy(Deed::key));
        byTask.forEach((task, all) -> {
            Set<Long> told = all.stream()
                    .filter(deed -> deed.seen() == Seen.ACKNOWLEDGED)
                    .map(Deed::by)
                    .collect(Collectors.toSet());
            require(told.size() <= 1, "doubled: task " + task + " was acknowledged to " + told);
            for (long person : told) {
                require(
                        by.getOrDefault(task, -1L) == person,
                        "lost: task " + task + " was acknowledged to " + person + " but done by " + by.get(task));
            }
            if (by.containsKey(task)) {
                long found = attempts.getOrDefault(task, 0L);
                boolean asSaid =
                        all.stream().filter(deed -> deed.by() == by.get(task)).anyMatch(deed -> deed.rows() == found);
                require(
                        asSaid,
                        "task " + task + " (" + all.get(0).form() + ") is done and left " + found
                                + " attempts where its answers say "
                                + all.get(0).rows());
            } else {
                require(!attempts.containsKey(task), "task " + task + " is not done but left attempts");
            }
        });
        by.keySet().forEach(task -> require(byTask.containsKey(task), "task " + task + " was done by nobody"));
        nothing("the log and the finished tasks disagree on", """
                select coalesce(d.case_code, a.case_code) || ' ' || coalesce(d.element, a.element) || ': '
                       || coalesce(d.number, 0) || ' done, ' || coalesce(a.number, 0) || ' logged'
                  from (select case_code, element, count(*) as number from work_done where completed
                         group by case_code, element) d
                  full join (select case_code, details ->> 'element' as element, count(*) as number
                               from activity where action = 'task.completed' group by 1, 2) a
                         on a.case_code = d.case_code and a.element = d.element
                 where d.number is distinct from a.number
                """);
        nothing("a step that comes once came twice", """
                select business_key_ || ' ' || t.task_def_key_
                  from engine.act_hi_taskinst t join engine.act_hi_procinst p on p.proc_inst_id_ = t.root_proc_inst_id_
                 where t.task_def_key_ in ('accept-intake', 'assign-caseworker', 'tell-source', 'review-letter',
                                           'print-and-post', 'record-family-contact')
                 group by business_key_, t.task_def_key_ having count(*) > 1
                """);
    }

    private void workList() {
        nothing("on the list but not in the engine", """
                select w.id || ' ' || w.element || ' ' || coalesce(w.case_code, '') from work_item w
                 where not exists (select 1 from engine.act_ru_task t where t.id_ = w.id)
                """);
        nothing("in the engine but not on the list", """
                select t.id_ || ' ' || t.task_def_key_ from engine.act_ru_task t
                 where not exists (select 1 from work_item w where w.id = t.id_)
                """);
        nothing("list and engine name different people for", """
                select w.id from work_item w join engine.act_ru_task t on t.id_ = w.id
                 where w.assignee::text is distinct from t.assignee_
                """);
    }

    private void casesGoOn() {
        nothing("a running procedure that waits for nothing", """
                select p.proc_def_id_ || ' ' || coalesce(p.business_key_, p.id_)
                  from engine.act_ru_execution p
                 where p.parent_id_ is null and p.super_exec_ is null
                   and not exists (select 1 from engine.act_ru_task t
                                     join engine.act_ru_execution e on e.id_ = t.proc_inst_id_
                                    where e.root_proc_inst_id_ = p.root_proc_inst_id_)
                   and not exists (select 1 from engine.act_ru_job j
                                     join engine.act_ru_execution e on e.id_ = j.process_instance_id_
                                    where e.root_proc_inst_id_ = p.root_proc_inst_id_ and j.retries_ > 0)
                   and not exists (select 1 from engine.act_ru_incident i
                                     join engine.act_ru_execution e on e.id_ = i.proc_inst_id_
                                    where e.root_proc_inst_id_ = p.root_proc_inst_id_)
                """);
        nothing("an open case in search without a procedure", """
                select e.case_code from engagement_episode e
                 where e.ended_at is null
                   and not exists (select 1 from engine.act_ru_execution p where p.business_key_ = e.case_code)
                """);
        nothing("a search that ended without its case knowing", """
                select e.case_code || ' ' || coalesce(e.outcome, '') || ' ' || c.status
                  from engagement_episode e join case_file c on c.code = e.case_code
                 where e.ended_at is not null and c.status in ('new', 'assigned', 'waiting-for-capacity')
                """);
        nothing("a closed case with open work", """
                select c.code || ' ' || w.element from case_file c join work_item w on w.case_code = c.code
                 where c.status = 'closed' and w.element not in ('check-delivery', 'print-and-post')
                """);
    }

    private void jobs() {
        nothing("a job whose lock ran out and that nobody took", """
                select id_ from engine.act_ru_job
                 where retries_ > 0 and lock_exp_time_ < (now() - interval '15 seconds') at time zone 'UTC'
                """);
        nothing("a job without retries and without an incident", """
                select j.id_ from engine.act_ru_job j
                 where j.retries_ = 0 and not exists (select 1 from engine.act_ru_incident i where i.configuration_ = j.id_)
                """);
        nothing("more than one incident for a job", """
                select configuration_ from engine.act_ru_incident group by configuration_ having count(*) > 1
                """);
    }

    private record Sent(String id, String state, String process) {}

    private void mail() {
        Map<String, Long> copies = sink.copies();
        Map<String, Sent> messages = jdbc
                .sql(
                        "select mail_id, id, case when state = 'sent' and state_by is not null then 'said' else state end as state, process_id from message where channel = 'email'")
                .query((row, number) -> Map.entry(
                        row.getString("mail_id"),
                        new Sent(row.getString("id"), row.getString("state"), "" + row.getString("process_id"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        copies.forEach((id, number) -> {
            require(messages.containsKey(id), "the mail server has a message that nobody wrote: " + id);
            require(number == 1, "doubled: the mail server has " + number + " copies of " + id);
        });
        messages.forEach((id, message) -> {
            long arrived = copies.getOrDefault(id, 0L);
            switch (message.state()) {
                // Somebody was asked and said that it went out; the harness's people say so of everything.
                case "said" -> require(arrived <= 1, "message " + message.id() + " arrived " + arrived + " times");
                case "sent" ->
                    require(arrived == 1, "message " + message.id() + " is sent, but " + arrived + " arrived");
                case "queued" ->
                    require(
                            arrived == 0 && isWaiting(message),
                            "message " + message.id() + " is queued, but " + arrived
                                    + " arrived, or nothing will send it");
                case "unknown" ->
                    require(
                            asksSomebody(message),
                            "nobody is asked about message " + message.id() + ", which is unknown");
                case "failed" -> require(arrived == 0, "message " + message.id() + " failed, but arrived");
                default -> findings.add("message " + message.id() + " is left " + message.state());
            }
        });
    }

    private boolean isWaiting(Sent message) {
        return jdbc.sql("""
                        select exists (select 1 from engine.act_ru_job where process_instance_id_ = :process)
                            or exists (select 1 from work_item where process_instance_id = :process)
                        """)
                .param("process", message.process())
                .query(Boolean.class)
                .single();
    }

    private boolean asksSomebody(Sent message) {
        return jdbc.sql("""
                        select exists (select 1 from work_item
                                        where process_instance_id = :process and element = 'check-delivery')
                        """)
                .param("process", message.process())
                .query(Boolean.class)
                .single();
    }

    private void activity() {
        nothing("a case opened without a line in the log, or with two", """
                select c.code from case_file c
                  left join activity a on a.case_code = c.code and a.action = 'case.opened'
                 group by c.code having count(a.*) <> 1
                """);
        nothing("a closed case without a line in the log, or with two", """
                select c.code || ' ' || c.status from case_file c
                  left join activity a on a.case_code = c.code and a.action = 'case.closed'
                 group by c.code, c.status having count(a.*) <> case c.status when 'closed' then 1 else 0 end
                """);
        nothing("a message and the log disagree", """
                select m.id || ' ' || m.state || ' has ' || count(a.*) from message m
                  left join activity a on a.subject = 'message' and a.subject_id = m.id::text and a.action = 'message.sent'
                 where m.recipient <> 'staff'
                 group by m.id, m.state having count(a.*) <> case m.state when 'sent' then 1 else 0 end
                """);
        nothing("a date recorded twice at one moment", """
                select case_code || ' ' || label from deadline group by case_code, label, recorded_at having count(*) > 1
                """);
    }

    private void nothing(String what, String sql) {
        jdbc.sql(sql).query(String.class).list().forEach(row -> findings.add(what + ": " + row));
    }

    private void require(boolean fine, String otherwise) {
        if (!fine) {
            findings.add(otherwise);
        }
    }
}
