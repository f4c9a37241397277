package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.DECISION;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Walls;
import org.ancora.attention.Offices;
import org.ancora.attention.Petitions;
import org.ancora.network.Projects;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The task forms of the desk. */
@Configuration(proxyBeanMethods = false)
class DeskForms {

    @Bean
    FuaForm.Parts fuaParts(
            Attendances attendances,
            Petitions petitions,
            Offices offices,
            Projects projects,
            Walls walls,
            MessageSource messages,
            JdbcClient jdbc,
            Clock clock) {
        return new FuaForm.Parts(attendances, petitions, offices, projects, walls, messages, jdbc, clock);
    }

    @Bean
    TaskHandler fuaInPersonForm(FuaForm.Parts parts) {
        return new FuaForm(FuaForm.IN_PERSON, parts);
    }

    @Bean
    TaskHandler fuaByPhoneForm(FuaForm.Parts parts) {
        return new FuaForm(FuaForm.BY_PHONE, parts);
    }

    @Bean
    TaskHandler authoriseAttentionForm(Attendances attendances, Projects projects) {
        return new AuthoriseForm(attendances, projects);
    }

    /** Whether an emergency is attended although the office is closed (J9, J-R8). */
    private record AuthoriseForm(Attendances attendances, Projects projects) implements TaskHandler {

        @Override
        public String form() {
            return "authorise-attention";
        }

        @Override
        public Set<String> fields() {
            return Set.of("decision", "note");
        }

        @Override
        public Map<String, ?> prepare(TaskContext task) {
            return Map.of();
        }

        @Override
        public Variables complete(TaskContext task, Answers answers) throws AnswersRejected {
            attendances.decided(
                    task.caseCode(),
                    answers.is("decision", "authorise"),
                    answers.findText("note").orElse("").strip(),
                    task.viewer().id());
            return Variables.of(DECISION, answers.text("decision"));
        }

        @Override
        public Optional<String> then(TaskContext task) {
            return Optional.of(projects.get(task.projectId()).path() + "/desk");
        }
    }
}
