package org.ancora.process.migration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.model.ProcessFolder;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cases of the engagement that wait at every place of its first version, and a second version in which a step is gone, one is
 * new, one has another name, a form asks more and a limit is longer. Cases are put where they wait without their way there.
 */
@Component
class Town {

    static final String FOLDER = "engagement";

    private static final Pattern DATED =
            Pattern.compile("(?:dueDate=\"|followUpDate=\"|timeDate[^>]*>\\s*)[$#]\\{(\\w+)}");
    private static final Pattern HELD = Pattern.compile("assignee=\"[$#]\\{(\\w+)}");
    static final String ENTRY = "engagement-on-entry";
    static final String ROUND = "contact-round";

    /** What an owner chooses for the steps that are not simply there. */
    static final Choice CHOSEN = new Choice(Map.of(
            ENTRY, Map.of("tell-source", "act-on-source-answer", "confirm-refusal", Choice.STAY),
            ROUND, Map.of("call-back", "call-again")));

    private final CaseworkFixtures fixtures;
    private final ShippedFolders shipped;
    private final Deployments deployments;
    private final Releases releases;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final List<String> published = new ArrayList<>();

    Town(
            CaseworkFixtures fixtures,
            ShippedFolders shipped,
            Deployments deployments,
            Releases releases,
            RepositoryService repository,
            RuntimeService runtime,
            ManagementService management,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.fixtures = fixtures;
        this.shipped = shipped;
        this.deployments = deployments;
        this.releases = releases;
        this.repository = repository;
        this.runtime = runtime;
        this.management = management;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** The project, its owner and one worker. */
    record People(Project york, UserId owner, UserId worker) {}

    People people() {
        Project york = fixtures.aProjectInOntario();
        return new People(
                york,
                fixtures.aPerson("Olga Owens", york, Role.OWNER),
                fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER));
    }

    Release first() {
        return newest();
    }

    /** Publishes the second version. */
    Release second() {
        return publish(changed());
    }

    /** Publishes what is as it was, as going back does. */
    Release publish(ProcessFolder folder) {
        published.add(deployments.publish(folder));
        return newest();
    }

    Release newest() {
        return newest(FOLDER);
    }

    Release newest(String folder) {
        return releases.of(folder).get(0);
    }

    /** The other folders that are shipped, but for the one that moves cases itself. */
    List<String> others() {
        return shipped.all().stream()
                .map(ProcessFolder::name)
                .filter(name -> !Set.of(FOLDER, "migration").contains(name))
                .sorted()
                .toList();
    }

    /** Publishes a folder in which each diagram says something else to begin with. */
    Release reworded(String name) {
        ProcessFolder folder = shipped.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> files = new HashMap<>(folder.files());
        folder.files().keySet().stream()
                .filter(path -> path.endsWith(".bpmn"))
                .forEach(path -> edit(
                        files,
                        path,
                        text -> text.replaceFirst(
                                "(<bpmn:process [^>]*>)(\\s*<bpmn:documentation>[^<]*</bpmn:documentation>)?",
                                "$1<bpmn:documentation>Said in other words.</bpmn:documentation>")));
        published.add(deployments.publish(new ProcessFolder(name, files)));
        return newest(name);
    }

    /**
     * Puts so many cases at each place of each diagram of a folder where one can be put by itself; what is called is put there
     * as well, as a case of its own. Returns how many.
     */
    int settleEverywhere(Release release, int each, int from, People people) {
        int[] number = {from};
        releases.definitions(release.deployment())
                .forEach((process, definition) -> transaction.executeWithoutResult(running -> {
                    BpmnModelInstance model = repository.getBpmnModelInstance(definition);
                    for (Place place : releases.diagram(definition).waits()) {
                        for (int times = 0; times < each && canBePut(place, model); times++) {
                            runtime.createProcessInstanceById(definition)
                                    .businessKey("YRK-2026-%04d".formatted(number[0]))
                                    .setVariables(named(model, number[0]++, people))
                                    .startBeforeActivity(place.id())
                                    .execute();
                        }
                    }
                }));
        return number[0] - from;
    }

    /** A call would begin what it calls; a step that Ancora takes at once takes it; the end of a race waits with the race. */
    private static boolean canBePut(Place place, BpmnModelInstance model) {
        return switch (place.kind()) {
            case TASK, RACE -> true;
            case TIMER, MESSAGE ->
                place.neighbours().stream().noneMatch(id -> model.getModelElementById(id) instanceof EventBasedGateway);
            case STEP -> model.getModelElementById(place.id()) instanceof FlowNode step && step.isCamundaAsyncBefore();
            default -> false;
        };
    }

    /** What the waits of a diagram ask for, besides what they all have: dates, and people. */
    private static Map<String, Object> named(BpmnModelInstance model, int number, People people) {
        Map<String, Object> variables = new HashMap<>(variables(number, people));
        String text = Bpmn.convertToString(model);
        Instant then = Instant.parse("2026-12-01T14:10:00Z").plus(Duration.ofMinutes(number));
        Matcher dates = DATED.matcher(text);
        while (dates.find()) {
            variables.putIfAbsent(dates.group(1), Date.from(then));
        }
        Matcher persons = HELD.matcher(text);
        while (persons.find()) {
            variables.putIfAbsent(persons.group(1), people.worker().toString());
        }
        return variables;
    }

    ProcessFolder original() {
        return shipped.all().stream()
                .filter(folder -> folder.name().equals(FOLDER))
                .findFirst()
                .orElseThrow();
    }

    /** What a test publishes would run for every test after it. */
    void takeBack() {
        // The engine would delete the cases of a version one by one.
        List<String> tables = jdbc.sql("""
                        select 'engine.' || tablename from pg_tables
                         where schemaname = 'engine' and tablename <> 'act_ru_jobdef'
                           and (tablename like 'act\\_ru\\_%' or tablename like 'act\\_hi\\_%')
                        """).query(String.class).list();
        jdbc.sql("truncate " + String.join(", ", tables) + " cascade").update();
        published.forEach(deployment -> {
            repository.deleteDeployment(deployment, true);
            jdbc.sql("delete from deployment where engine_id = :id")
                    .param("id", deployment)
                    .update();
        });
        published.clear();
    }

    ProcessFolder changed() {
        Map<String, byte[]> files = new HashMap<>(original().files());
        edit(files, ENTRY + ".bpmn", Town::withoutTellingTheSource);
        edit(files, ENTRY + ".bpmn", Town::withASecondLook);
        edit(files, ROUND + ".bpmn", text -> text.replaceAll(
                        "(id|sourceRef|targetRef|bpmnElement)=\"call-back\"", "$1=\"call-again\"")
                .replace("name=\"Call back as agreed\"", "name=\"Call back at the agreed hour\""));
        edit(
                files,
                "forms/admit.form",
                text -> text.replaceFirst(
                        "\"components\": \\[",
                        "\"components\": [{\"type\": \"textfield\", \"id\": \"parking\", \"key\": \"parking\", \"label\": \"Where to park\"},"));
        edit(files, "engagement-policy.dmn", text -> text.replaceFirst("<text>5</text>", "<text>6</text>"));
        files.remove("forms/tell-source.form");
        return new ProcessFolder(FOLDER, files);
    }

    private static void edit(Map<String, byte[]> files, String path, java.util.function.UnaryOperator<String> change) {
        files.computeIfPresent(path, (any, content) -> {
            String before = new String(content, StandardCharsets.UTF_8);
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new IllegalStateException("nothing was changed in " + path);
            }
            return after.getBytes(StandardCharsets.UTF_8);
        });
    }

    private static String withoutTellingTheSource(String text) {
        return text.replaceFirst("(?s)<bpmn:userTask id=\"tell-source\".*?</bpmn:userTask>", "")
                .replace(
                        "<bpmn:incoming>tell-source-to-plan-source-wait</bpmn:incoming>",
                        "<bpmn:incoming>has-source-to-tell-source</bpmn:incoming>")
                .replace(
                        "sourceRef=\"has-source\" targetRef=\"tell-source\"",
                        "sourceRef=\"has-source\" targetRef=\"plan-source-wait\"")
                .replaceFirst("<bpmn:sequenceFlow id=\"tell-source-to-plan-source-wait\"[^>]*/>", "")
                .replaceFirst("(?s)<bpmndi:BPMNShape id=\"tell-source-shape\".*?</bpmndi:BPMNShape>", "")
                .replaceFirst(
                        "(?s)<bpmndi:BPMNEdge id=\"tell-source-to-plan-source-wait-edge\".*?</bpmndi:BPMNEdge>", "");
    }

    private static String withASecondLook(String text) {
        return text.replace(
                        "sourceRef=\"plan-letter\" targetRef=\"review-letter\" />",
                        "sourceRef=\"plan-letter\" targetRef=\"second-look\" />"
                                + "<bpmn:sequenceFlow id=\"second-look-to-review-letter\" sourceRef=\"second-look\" targetRef=\"review-letter\" />")
                .replace(
                        "<bpmn:incoming>plan-letter-to-review-letter</bpmn:incoming>",
                        "<bpmn:incoming>second-look-to-review-letter</bpmn:incoming>")
                .replace("<bpmn:userTask id=\"review-letter\"", """
                        <bpmn:userTask id="second-look" name="Look at the file once more" camunda:formRef="go-on" \
                        camunda:formRefBinding="deployment" camunda:candidateGroups="supervisor" \
                        camunda:followUpDate="${opens}" camunda:dueDate="${due}">
                          <bpmn:documentation>Is anything left undone?</bpmn:documentation>
                          <bpmn:incoming>plan-letter-to-review-letter</bpmn:incoming>
                          <bpmn:outgoing>second-look-to-review-letter</bpmn:outgoing>
                        </bpmn:userTask>
                        <bpmn:userTask id="review-letter\"""")
                .replace("<bpmndi:BPMNShape id=\"review-letter-shape\"", """
                        <bpmndi:BPMNShape id="second-look-shape" bpmnElement="second-look">\
                        <dc:Bounds x="10" y="10" width="120" height="80" /></bpmndi:BPMNShape>
                        <bpmndi:BPMNEdge id="second-look-to-review-letter-edge" bpmnElement="second-look-to-review-letter">\
                        <di:waypoint x="130" y="50" /><di:waypoint x="200" y="50" /></bpmndi:BPMNEdge>
                        <bpmndi:BPMNShape id="review-letter-shape\"""");
    }

    /** The places of the first version where a case can be put, those of called procedures by the call. */
    List<String> places(Release release) {
        Diagram entry = releases.diagrams(release.deployment()).get(ENTRY);
        List<String> places = new ArrayList<>(entry.waits().stream()
                .filter(place -> place.kind() != Place.Kind.CALL)
                // What ends a race waits with the race, and never by itself.
                .filter(place ->
                        place.neighbours().stream().noneMatch("source-news"::equals) || place.kind() == Place.Kind.RACE)
                .map(Place::id)
                .toList());
        places.add("client-round");
        boolean renamed = releases.diagrams(release.deployment())
                .get(ROUND)
                .find("call-back")
                .isEmpty();
        places.add("client-round>" + (renamed ? "call-again" : "call-back"));
        places.add("family-contact");
        places.add("supervisor-on-source");
        return places;
    }

    /** Puts so many cases at the places in turn; returns the instances by case code. */
    Map<String, String> settle(int many, Release release, People people) {
        List<String> places = places(release);
        Map<String, String> instances = new TreeMap<>();
        for (int begin = 0; begin < many; begin += 100) {
            int from = begin;
            transaction.executeWithoutResult(running -> {
                for (int number = from; number < Math.min(many, from + 100); number++) {
                    String code = "YRK-2026-%04d".formatted(1000 + number);
                    instances.put(code, put(code, places.get(number % places.size()), number, release, people));
                }
            });
        }
        return instances;
    }

    private String put(String code, String place, int number, Release release, People people) {
        String[] way = place.split(">", -1);
        String definition = releases.definitions(release.deployment()).get(ENTRY);
        ProcessInstance instance = runtime.createProcessInstanceById(definition)
                .businessKey(code)
                .setVariables(variables(number, people))
                .startBeforeActivity(way[0])
                .execute();
        if (way.length > 1) {
            String called = runtime.createProcessInstanceQuery()
                    .superProcessInstanceId(instance.getId())
                    .singleResult()
                    .getId();
            runtime.createProcessInstanceModification(called)
                    .cancelAllForActivity("record-round")
                    .startBeforeActivity(way[1])
                    .execute();
        }
        return instance.getId();
    }

    private static Map<String, Object> variables(int number, People people) {
        Map<String, Object> variables = new HashMap<>();
        Instant opens = Instant.parse("2026-11-24T14:10:00Z").plus(Duration.ofMinutes(number));
        for (String date : List.of("opens", "waitingSince", "groupServiceOpens", "capOpens")) {
            variables.put(date, Date.from(opens));
        }
        for (String date : List.of(
                "due", "capDue", "capacityReminderAt", "resumeAt", "noticeEnds", "groupServiceDue", "callBackAt")) {
            variables.put(date, Date.from(opens.plus(Duration.ofDays(7))));
        }
        variables.put("projectId", people.york().id().value());
        variables.put("worker", people.worker().toString());
        variables.put("caseId", 1L);
        variables.put("episodeId", 1L);
        for (String limit : List.of("round", "rounds", "decisionDays", "extraDays", "noticeDays", "capMonths")) {
            variables.put(limit, 2);
        }
        return variables;
    }

    /** Runs the jobs that move cases, and nobody else's. */
    void work() {
        for (List<Job> due = jobs(); !due.isEmpty(); due = jobs()) {
            due.forEach(job -> management.executeJob(job.getId()));
        }
    }

    private List<Job> jobs() {
        return management
                .createJobQuery()
                .processDefinitionKey(MigrationSteps.PROCESS)
                .list();
    }

    /** Every timer: its case, where it belongs and its instant. */
    List<String> timers() {
        return jdbc.sql("""
                        select r.business_key_ || ' ' || j.handler_type_ || ' ' || j.duedate_
                          from engine.act_ru_job j
                          join engine.act_ru_execution r on r.id_ = j.root_proc_inst_id_
                         where j.type_ = 'timer' order by 1
                        """).query(String.class).list();
    }

    /** Every open task: its case, where it is and when it is due. */
    List<String> items() {
        return jdbc.sql(
                        "select concat_ws(' ', case_code, id, process_key, element, opens_at, due_at, assignee) from work_item order by id")
                .query(String.class)
                .list();
    }

    /** Where a row of the task list says anything else than the engine. */
    List<Map<String, Object>> wrongTasks() {
        return jdbc.sql("""
                        select coalesce(w.id, t.id_) as id, w.element, t.task_def_key_, w.title, t.name_, w.calling_element
                          from engine.act_ru_task t
                          join engine.act_ru_execution i on i.id_ = t.proc_inst_id_
                          join engine.act_ru_execution r on r.id_ = i.root_proc_inst_id_
                          left join engine.act_ru_execution c on c.id_ = i.super_exec_
                          full join work_item w on w.id = t.id_
                         where (w.process_instance_id, w.root_instance_id, w.definition_id, w.root_definition_id,
                                w.element, w.calling_element, w.title, w.case_code)
                               is distinct from
                               (t.proc_inst_id_, r.id_, t.proc_def_id_, r.proc_def_id_,
                                t.task_def_key_, c.act_id_, t.name_, r.business_key_)
                            or w.assignee::text is distinct from t.assignee_
                            or w.due_at is distinct from t.due_date_ at time zone 'UTC'
                            or w.opens_at is distinct from t.follow_up_date_ at time zone 'UTC'
                            or w.teams is distinct from (select array_agg(l.group_id_::text order by l.group_id_)
                                                           from engine.act_ru_identitylink l
                                                          where l.task_id_ = t.id_ and l.group_id_ is not null)
                        """).query().listOfRows();
    }

    /** Makes the database refuse what is kept of a case, as a fault would. */
    void refuse(List<String> instances) {
        jdbc.sql("""
                        create or replace function refuse_some() returns trigger language plpgsql as $f$
                        begin
                          if new.state = 'moved' and new.instance_id = any('{%s}'::text[]) then
                            raise exception 'refused by a test';
                          end if;
                          return new;
                        end $f$;
                        create trigger refuse_some before update on procedure_migration_row
                            for each row execute function refuse_some()
                        """.formatted(String.join(",", instances))).update();
    }

    void refuseNothing() {
        jdbc.sql("drop trigger if exists refuse_some on procedure_migration_row")
                .update();
    }
}
