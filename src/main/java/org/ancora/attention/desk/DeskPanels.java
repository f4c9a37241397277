package org.ancora.attention.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.ancora.time.Dates;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the desk puts beside its tasks: who it is, the registers, and the conversation guide; and where it stands. */
@Configuration(proxyBeanMethods = false)
class DeskPanels {

    private static final Set<String> PROCEDURES = Set.of(AttentionProcess.IN_PERSON, AttentionProcess.BY_PHONE);

    /** How many prompts each part of the guide has: {@code desk.guide.<way>.<part>.<number>}, from 1 on (J12–J97). */
    private static final List<Part> IN_PERSON = List.of(
            new Part("in-person.welcome", 8),
            new Part("in-person.service", 9),
            new Part("in-person.farewell", 8),
            new Part("in-person.golden", 14));

    private static final List<Part> BY_PHONE = List.of(
            new Part("phone.welcome", 6),
            new Part("phone.needs", 5),
            new Part("phone.answer", 3),
            new Part("phone.check", 3),
            new Part("phone.farewell", 3),
            new Part("phone.notes", 3),
            new Part("phone.golden", 8));

    /** One part of the guide as its template shows it. */
    public record Part(String key, int prompts) {

        /** The message keys of its prompts. */
        public List<String> keys() {
            return IntStream.rangeClosed(1, prompts)
                    .mapToObj(number -> "desk.guide." + key + "." + number)
                    .toList();
        }

        public String title() {
            return "desk.guide." + key;
        }
    }

    static List<Part> guide(boolean byPhone) {
        return byPhone ? BY_PHONE : IN_PERSON;
    }

    @Bean
    NavigationItem desk() {
        // Before intakes: whoever has both has people waiting here, and a phone shows the first four.
        return new NavigationItem(
                35,
                "desk.nav",
                "/desk",
                "headset",
                viewer -> viewer.mayAnywhere(Permission.READ_PETITIONS)
                        && !viewer.projects(Permission.READ_PETITIONS).isEmpty());
    }

    @Bean
    TaskPanel whoIsHere(Attendances attendances, DeskPages pages, Dates dates, Projects projects) {
        return new Panel(10, TaskPanel.Column.LEFT, "attention/panels :: who") {
            @Override
            public Map<String, ?> model(TaskContext task, Viewer viewer) {
                Attendance attendance = attendances.byCode(task.caseCode());
                Locale locale = viewer.locale();
                return Map.of(
                        "deskWho",
                        attendance,
                        "deskChips",
                        pages.chips(attendance, locale),
                        "deskBegan",
                        dates.moment(
                                attendance.beganAt(),
                                projects.get(task.projectId()).calendar().zone(),
                                locale));
            }
        };
    }

    @Bean
    TaskPanel askRegisters(Attendances attendances, Projects projects) {
        return new Panel(20, TaskPanel.Column.LEFT, "attention/panels :: registers") {
            @Override
            public boolean concerns(TaskContext task) {
                return super.concerns(task)
                        && !"authorise-attention".equals(task.form())
                        && task.viewer().may(Permission.ATTEND_USERS, task.projectId());
            }

            @Override
            public Map<String, ?> model(TaskContext task, Viewer viewer) {
                Project project = projects.get(task.projectId());
                return Map.of(
                        "deskRegisters",
                        project.path() + "/desk/registers/",
                        "deskAttendance",
                        task.caseCode(),
                        "deskDocument",
                        attendances.byCode(task.caseCode()).who().document());
            }
        };
    }

    @Bean
    TaskPanel conversationGuide() {
        return new Panel(80, TaskPanel.Column.RIGHT, "attention/panels :: guide") {
            @Override
            public boolean concerns(TaskContext task) {
                return super.concerns(task) && !"authorise-attention".equals(task.form());
            }

            @Override
            public Map<String, ?> model(TaskContext task, Viewer viewer) {
                return Map.of("deskGuide", guide(FuaForm.BY_PHONE.equals(task.form())));
            }
        };
    }

    private abstract static class Panel implements TaskPanel {

        private final int order;
        private final Column column;
        private final String fragment;

        Panel(int order, Column column, String fragment) {
            this.order = order;
            this.column = column;
            this.fragment = fragment;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Column column() {
            return column;
        }

        @Override
        public String fragment() {
            return fragment;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return PROCEDURES.contains(task.rootProcessKey())
                    && task.viewer().may(Permission.READ_PETITIONS, task.projectId());
        }
    }
}
