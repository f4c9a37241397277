package org.ancora.process.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What could not be done: every step says it in words, and nothing of it is forgotten. */
@AncoraTest
class IncidentsTest {

    private static final Pattern STEP =
            Pattern.compile("<bpmn:(serviceTask|businessRuleTask|sendTask)[^>]*delegateExpression=\"\\$\\{(\\w+)}\"");

    @Autowired
    ShippedFolders shipped;

    @Autowired
    RepositoryService repository;

    @Autowired
    IncidentWords words;

    @Autowired
    OldIncidents old;

    @Autowired
    MessageSource messages;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    Letters letters;

    @Autowired
    TestInbox inbox;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void everyStepOfEveryShippedProcedureSaysWhatCouldNotBeDone() {
        List<String> speechless = new ArrayList<>();
        TreeSet<String> walked = new TreeSet<>();
        shipped.all().forEach(folder -> folder.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn")) {
                String key = Bpmn.readModelFromStream(new ByteArrayInputStream(content))
                        .getModelElementsByType(Process.class)
                        .iterator()
                        .next()
                        .getId();
                String definition = Objects.requireNonNull(repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(key)
                                .latestVersion()
                                .singleResult())
                        .getId();
                Matcher steps = STEP.matcher(new String(content, StandardCharsets.UTF_8));
                while (steps.find()) {
                    Matcher id = Pattern.compile("id=\"([^\"]+)\"").matcher(steps.group());
                    assertThat(id.find()).isTrue();
                    walked.add(steps.group(2));
                    TreeSet<String> said = new TreeSet<>();
                    for (String language : List.of("en", "es", "it")) {
                        said.add(words.what(definition, id.group(1), Locale.forLanguageTag(language)));
                    }
                    if (said.size() < 3 || said.stream().anyMatch(sentence -> sentence.contains("“"))) {
                        speechless.add(key + "/" + id.group(1) + " (" + steps.group(2) + "): " + said);
                    }
                }
            }
        }));
        assertThat(walked)
                .contains("deliverMessage", "sendReferral", "applyPolicy", "moveSomeDates", "sendNoContactLetter")
                .hasSizeGreaterThan(50);
        assertThat(speechless).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outside | org.springframework.mail.MailSendException: 450 try later",
                "outside | java.net.ConnectException: Connection refused",
                "address | org.ancora.correspondence.NotLawful: no consent",
                "letter | org.ancora.correspondence.LetterBroken: a variable is missing",
                "value | java.lang.IllegalStateException: round has no value here",
                "decision | java.lang.IllegalStateException: The decision contact-policy has no row for {track=x}",
                "decision | java.lang.IllegalStateException: No decision named x was deployed with the diagram y",
                "busy | org.camunda.bpm.engine.OptimisticLockingException: again",
                "other | java.lang.IllegalStateException: something else"
            })
    void whyIsReadOffTheTrace(String code, String trace) {
        Fault fault = Fault.of(trace);

        assertThat(fault.code()).isEqualTo(code);
        for (String language : List.of("en", "es", "it")) {
            assertThat(words.why(fault.code(), Locale.forLanguageTag(language))).isNotBlank();
            assertThat(words.todo(fault.code(), Locale.forLanguageTag(language)))
                    .isNotBlank();
        }
    }

    @Test
    void whatFailedBeforeThereWereCausesIsKeptAndToldOnce() {
        inbox.open();
        Project york = fixtures.aProjectInOntario();
        UserId owner = fixtures.aPerson("Otto Brandt", york, Role.OWNER);
        CaseSummary file =
                fixtures.aClient(york).consentingTo(Channel.EMAIL, Channel.POST).openCase();
        inbox.goDown();
        letters.send(new NewLetter(
                new LetterKind("engagement", "no-contact"),
                file.code(),
                RecipientKind.CLIENT,
                Channel.EMAIL,
                Map.of("answerBy", "Monday 14 December 2026"),
                "old " + file.code(),
                owner));
        clockwork.moveTo(clock.instant().plus(Duration.ofDays(2)));
        List<String> before = kept();
        assertThat(before)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("outside");
        jdbc.sql("update account set email = 'otto@example.org' where id = :owner")
                .param("owner", owner.value())
                .update();
        // As a database of before there were causes has it, and one that was brought back.
        jdbc.sql("delete from procedure_incident").update();
        jdbc.sql("delete from incident_cause").update();
        jdbc.sql("delete from notice").update();
        jdbc.sql("""
                        with cause as (insert into incident_cause (project_id, process_key, element, kind, first_at)
                                       values (1, 'gone', 'gone', 'other', now()) returning id)
                        insert into procedure_incident (id, cause_id, instance_id, root_instance_id, definition_id, project_id, since)
                        select 'gone', id, 'gone', 'gone', 'gone', 1, now() from cause
                        """).update();

        assertThat(old.keep()).isEqualTo(1);
        assertThat(jdbc.sql("select m.subject from message m where m.kind = 'notice'")
                        .query(String.class)
                        .list())
                .as("as the page of what could not be done says it")
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("A letter or message to its recipient was not sent (Deliver a message). The mail server");

        assertThat(kept()).isEqualTo(before);
        assertThat(old.keep()).isZero();
        assertThat(jdbc.sql("select count(*) from notice where kind = 'incident-step'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private List<String> kept() {
        return jdbc.sql("""
                        select concat_ws(' | ', i.id, i.job_id, i.instance_id, i.root_instance_id, i.definition_id, i.project_id,
                                         i.case_code, i.since, c.process_key, c.element, c.kind)
                          from procedure_incident i join incident_cause c on c.id = i.cause_id order by i.id
                        """).query(String.class).list();
    }
}
