package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Attacks 17 and 18: steps out of turn, and words beside the ones that were asked for. */
@AncoraTest
class ForgedStateTest {

    private static final String NOBODY = "{\"mainOutcome\":\"no-answer\",\"furtherChannel\":\"sms\","
            + "\"furtherSending\":\"written\",\"when\":\"2026-11-23T09:10\"}";

    /** What an attacker would add to any form. */
    private static final Map<String, String> MORE = new LinkedHashMap<>();

    static {
        MORE.put("project", "2");
        MORE.put("projectId", "2");
        MORE.put("project_id", "2");
        MORE.put("caseCode", "TOR-2026-0001");
        MORE.put("case_code", "TOR-2026-0001");
        MORE.put("code", "TOR-2026-0001");
        MORE.put("assignee", "1");
        MORE.put("assignee_id", "1");
        MORE.put("worker_id", "1");
        MORE.put("role", "admin");
        MORE.put("roles", "admin");
        MORE.put("status", "closed");
        MORE.put("id", "1");
        MORE.put("profile", "1");
        MORE.put("profileId", "1");
        MORE.put("by", "0");
        MORE.put("viewer.id", "1");
        MORE.put("viewer", "1");
        MORE.put("openedAt", "1999-01-01T00:00:00Z");
        MORE.put("active", "false");
        MORE.put("class.module.classLoader.resources.context.parent.pipeline.first.pattern", "x");
        MORE.put("caseFile.status", "closed");
        MORE.put("_method", "DELETE");
    }

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private JdbcClient jdbc;

    private Lived lived;

    @BeforeEach
    void live() throws Exception {
        lived = household.live();
    }

    /** Attack 17. The engine itself completes any task that anybody names: it is our door that asks who, and whether. */
    @Test
    void completesNoForeignFinishedOrLaterTask() throws Exception {
        String accept = jdbc.sql("select id_ from engine.act_hi_taskinst where task_def_key_ = 'accept-intake'")
                .query(String.class)
                .single();
        String instance =
                tasks.createTaskQuery().taskId(lived.task()).singleResult().getProcessInstanceId();
        String execution =
                tasks.createTaskQuery().taskId(lived.task()).singleResult().getExecutionId();
        Map<String, String> before = household.everything();

        assertThat(complete(lived.task(), lived.stranger(), NOBODY).getStatus()).isEqualTo(404);
        assertThat(complete(lived.task(), lived.reception(), NOBODY).getStatus())
                .isIn(403, 409);
        assertThat(complete(lived.task(), lived.owner(), NOBODY).getStatus()).isIn(403, 404);
        assertThat(complete(accept, lived.coordinator(), "{\"decision\":\"refuse\"}")
                        .getStatus())
                .isEqualTo(409);
        for (String noTask :
                List.of(instance, execution, "record-round", "review-letter", "decide", lived.code(), "null")) {
            assertThat(complete(noTask, lived.supervisor(), NOBODY).getStatus())
                    .as(noTask)
                    .isEqualTo(404);
        }
        assertThat(household.everything()).isEqualTo(before);

        tasks.setAssignee(lived.task(), lived.stranger().toString());
        assertThat(household.everything()).as("the engine does not ask").isNotEqualTo(before);
    }

    /** Attack 17: an answer that belonged to an earlier round, sent again after the procedure has gone on. */
    @Test
    void takesNoAnswerTwice() throws Exception {
        assertThat(complete(lived.task(), lived.worker(), NOBODY).getStatus()).isEqualTo(200);
        Map<String, String> before = household.everything();

        assertThat(complete(lived.task(), lived.worker(), NOBODY).getStatus())
                .as("the very same is a repetition")
                .isEqualTo(200);
        assertThat(complete(lived.task(), lived.worker(), NOBODY.replace("sms", "email"))
                        .getStatus())
                .isEqualTo(409);
        assertThat(complete(lived.task(), lived.supervisor(), NOBODY).getStatus())
                .isEqualTo(409);
        for (String what : List.of("claim", "release", "draft")) {
            assertThat(send(post("/tasks/" + lived.task() + "/" + what), lived.worker())
                            .getStatus())
                    .as(what)
                    .isEqualTo(409);
        }
        assertThat(household.everything()).isEqualTo(before);
    }

    /** Attack 17: what the form hides, shuts or does not offer is not taken from whoever sends it anyway. */
    @Test
    void takesNoAnswerThatTheFormDoesNotOffer() throws Exception {
        Map<String, String> before = household.everything();

        for (String answers : List.of(
                "{\"mainOutcome\":\"admitted\"}",
                "{\"mainOutcome\":[\"spoke\"]}",
                "{\"mainOutcome\":{\"type\":\"Object\",\"value\":\"rO0ABXQAAWE=\"}}",
                "{\"mainOutcome\":\"spoke\",\"spokeOutcome\":\"wants-service\",\"when\":\"2099-01-01T09:00\"}",
                "{\"mainOutcome\":\"spoke\",\"spokeOutcome\":\"wants-service\",\"when\":\"1999-01-01T09:00\"}",
                "{\"mainOutcome\":\"no-answer\",\"when\":\"2026-11-23T09:10\"}",
                "{\"mainOutcome\":\"no-answer\",\"furtherChannel\":\"alternate-number\",\"alternateNumber\":\"1\","
                        + "\"furtherOutcome\":\"spoke\",\"spokeOutcome\":\"wants-service\",\"when\":\"2026-11-23T09:10\"}",
                "{\"mainOutcome\":\"${1}\",\"when\":\"#{1}\"}",
                "{\"mainOutcome\":\"spoke\\u0000\"}",
                "{}")) {
            MockHttpServletResponse refused = complete(lived.task(), lived.worker(), answers);
            assertThat(refused.getStatus())
                    .as("%s: %s", answers, refused.getContentAsString())
                    .isIn(400, 422);
        }

        assertThat(household.everything()).isEqualTo(before);
    }

    /** Attack 18 by JSON: one key too many refuses the whole, and nothing of it is kept. */
    @Test
    void takesNoKeyThatTheFormDoesNotHave() throws Exception {
        Map<String, String> before = household.everything();

        for (String key : MORE.keySet()) {
            String forged = NOBODY.replaceFirst("\\{", "{\"" + key + "\":\"2\",");
            assertThat(complete(lived.task(), lived.worker(), forged).getStatus())
                    .as(key)
                    .isEqualTo(400);
            assertThat(send(json("/tasks/" + lived.task() + "/draft", "{\"" + key + "\":\"2\"}"), lived.worker())
                            .getStatus())
                    .as(key)
                    .isEqualTo(400);
        }

        assertThat(household.everything()).isEqualTo(before);
    }

    /** Attack 18 by parameters: every form does what it does without them, and to its own record only. */
    @Test
    void takesNothingFromParametersThatNobodyAskedFor() throws Exception {
        String code = "/cases/" + lived.code();
        Map<String, MockHttpServletRequestBuilder> forms = new LinkedHashMap<>();
        forms.put(code + "/flags", post(code + "/flags").param("kind", "safeguarding"));
        forms.put(
                code + "/contacts",
                post(code + "/contact-points/new").param("kind", "phone").param("value", "905 555 0188"));
        forms.put(
                code + "/support",
                post(code + "/support-contacts/" + lived.support()).param("name", "Uncle"));
        forms.put(
                code + "/consents",
                post(code + "/consents")
                        .param("channel", "sms")
                        .param("answer", "refused")
                        .param("givenBy", "client")
                        .param("givenOn", "2026-11-20")
                        .param("wording", "2026-1"));
        forms.put("/tasks/claim", post("/tasks/" + lived.task() + "/claim"));
        forms.put("/theme", post("/theme").param("theme", "dark"));
        forms.put("/notices/choice", post("/notices/choice").param("choice", "DAILY"));
        String fixed = fixed();

        forms.forEach((name, form) -> {
            MORE.forEach(form::param);
            try {
                assertThat(send(form, lived.worker()).getStatus()).as(name).isIn(302, 303);
            } catch (Exception failure) {
                throw new AssertionError(name, failure);
            }
        });

        assertThat(fixed()).isEqualTo(fixed);
    }

    /** Attack 18: a new intake lands in the project of its address, opened now, by whoever is signed in. */
    @Test
    void registersWhereTheAddressSaysAndAsWhoIsSignedIn() throws Exception {
        MockHttpServletRequestBuilder form = post("/p/york/intakes/new");
        Map<String, String> intake = Household.intake();
        intake.put("givenName", "Second");
        intake.put("match", "new");
        intake.put("matchReason", "They share the telephone");
        MORE.forEach(form::param);
        intake.forEach((name, value) -> {
            if (!MORE.containsKey(name)) {
                form.param(name, value);
            }
        });

        assertThat(send(form, lived.reception()).getRedirectedUrl()).isEqualTo("/cases/YRK-2026-0004");

        assertThat(jdbc.sql(
                                "select concat_ws(' ', project_id, status, assignee) from case_file where code = 'YRK-2026-0004'")
                        .query(String.class)
                        .single())
                .isEqualTo(lived.york().id() + " new");
        assertThat(jdbc.sql(
                                "select distinct by_account from activity where case_code = 'YRK-2026-0004' and action = 'case.opened'")
                        .query(Long.class)
                        .list())
                .containsExactly(lived.reception().value());
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey("YRK-2026-0004")
                        .count())
                .isPositive();
    }

    /** Who and where, for every record of the household. */
    private String fixed() {
        return String.join(
                "\n",
                jdbc.sql("""
                        select concat_ws(' ', 'case', code, project_id, profile_id, status, assignee, opened_at) from case_file
                        union all select concat_ws(' ', 'role', account_id, project_id, role) from membership
                        union all select concat_ws(' ', 'account', id, sign_in_name, active) from account
                        union all select concat_ws(' ', 'profile', id, network_id) from profile
                        union all select concat_ws(' ', 'task', id, assignee, project_id, case_code) from work_item
                        union all select concat_ws(' ', 'point', profile_id) from contact_point
                        union all select concat_ws(' ', 'support', id, profile_id) from support_contact
                        order by 1
                        """).query(String.class).list().stream().distinct().toList());
    }

    private MockHttpServletResponse complete(String task, UserId who, String answers) throws Exception {
        return send(json("/tasks/" + task + "/complete", answers), who);
    }

    private static MockHttpServletRequestBuilder json(String path, String body) {
        return post(path)
                .contentType("application/json")
                .accept("application/json")
                .content(body.getBytes(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return web.perform(request.with(signedIn(who)).with(csrf())).andReturn().getResponse();
    }
}
