package org.ancora.engagement;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskAction;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.ancora.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What engagement puts beside the tasks of its procedures, and into the navigation. */
@Configuration(proxyBeanMethods = false)
class EngagementPanels {

    private static final Set<String> PROCEDURES = Set.of(Track.ENTRY.processKey(), Track.EXISTING.processKey());

    /** Whoever decides on an intake reads why the client comes; later steps have no need to. */
    private static final Set<String> NEED_SHOWN = Set.of("accept-intake", "assign-caseworker", "admit");

    /** As many attempts as fit beside a form; the case page has them all. */
    private static final int MOST_ATTEMPTS = 6;

    @Bean
    NavigationItem newIntake() {
        return new NavigationItem(
                40,
                "engagement.intake.nav",
                "/intakes/new",
                "user-plus",
                viewer -> viewer.mayAnywhere(Permission.REGISTER_INTAKE));
    }

    @Bean
    TaskPanel whyTheyCome(Glances glances) {
        return new Panel(glances, 20, TaskPanel.Column.LEFT, "engagement/panels :: need") {
            @Override
            public boolean concerns(TaskContext task) {
                return NEED_SHOWN.contains(task.element()) && super.concerns(task);
            }

            @Override
            Map<String, ?> model(Glance glance, TaskContext task, Viewer viewer) {
                return Map.of("engagementNeed", glances.need(task.caseCode()));
            }
        };
    }

    @Bean
    TaskPanel earlierAttempts(Glances glances, AttemptWords words, Projects projects) {
        return new Panel(glances, 60, TaskPanel.Column.RIGHT, "engagement/panels :: earlier") {
            @Override
            Map<String, ?> model(Glance glance, TaskContext task, Viewer viewer) {
                ZoneId zone = projects.calendar(task.projectId()).zone();
                Locale language = viewer.locale();
                List<AttemptWords.Line> lines = glance.attempts().stream()
                        .limit(MOST_ATTEMPTS)
                        .map(attempt -> words.line(attempt, zone, language))
                        .toList();
                return Map.of(
                        "engagementAttempts",
                        lines,
                        "engagementAttemptsPath",
                        glance.file().path() + "/attempts");
            }
        };
    }

    @Bean
    TaskPanel lastDayOfTheSearch(LastDays lastDays) {
        return new TaskPanel() {
            @Override
            public int order() {
                return 55;
            }

            @Override
            public Column column() {
                return Column.RIGHT;
            }

            @Override
            public String fragment() {
                return "engagement/panels :: last-day";
            }

            @Override
            public boolean concerns(TaskContext task) {
                return task.rootProcessKey().equals(Track.EXISTING.processKey())
                        && Stage.of(task.rootElement())
                                .map(Stage::isBeforeLastDay)
                                .orElse(false)
                        && EngagementProcess.CAP_DUE.find(task.rootVariables()).isPresent();
            }

            @Override
            public Map<String, ?> model(TaskContext task, Viewer viewer) {
                Map<String, Object> model = new HashMap<>();
                lastDays.find(task.caseCode(), task.projectId(), task.rootVariables(), viewer.locale())
                        .ifPresent(lastDay -> model.put("engagementLastDay", lastDay));
                return model;
            }
        };
    }

    @Bean
    TaskAction clientInTouch() {
        return new Action(10, "engagement.in-touch.action", "phone-incoming", "/in-touch") {
            @Override
            boolean fits(Stage stage) {
                return stage.isSearching();
            }
        };
    }

    @Bean
    TaskAction sourceAnswered() {
        return new Action(20, "engagement.source-answered.action", "message-reply", "/source-answered") {
            @Override
            boolean fits(Stage stage) {
                return stage == Stage.SOURCE_WAIT;
            }
        };
    }

    /** A panel about the client, for those who may know how they can be reached. */
    private abstract static class Panel implements TaskPanel {

        private final Glances glances;
        private final int order;
        private final Column column;
        private final String fragment;

        Panel(Glances glances, int order, Column column, String fragment) {
            this.glances = glances;
            this.order = order;
            this.column = column;
            this.fragment = fragment;
        }

        abstract Map<String, ?> model(Glance glance, TaskContext task, Viewer viewer);

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
                    && glance(task, task.viewer())
                            .map(glance -> glance.client() != null)
                            .orElse(false);
        }

        @Override
        public Map<String, ?> model(TaskContext task, Viewer viewer) {
            return model(glance(task, viewer).orElseThrow(), task, viewer);
        }

        private Optional<Glance> glance(TaskContext task, Viewer viewer) {
            return glances.find(task.caseCode(), viewer);
        }
    }

    /**
     * A button that leads to one of the case's pages. Where the diagram says it is heard, not whether the engine waits at
     * this moment: the page behind it asks that.
     */
    private abstract static class Action implements TaskAction {

        private final int order;
        private final String labelKey;
        private final String icon;
        private final String page;

        Action(int order, String labelKey, String icon, String page) {
            this.order = order;
            this.labelKey = labelKey;
            this.icon = icon;
            this.page = page;
        }

        abstract boolean fits(Stage stage);

        @Override
        public int order() {
            return order;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return PROCEDURES.contains(task.rootProcessKey())
                    && task.viewer().may(Permission.RECORD_CONTACT, task.projectId())
                    && Stage.of(task.rootElement()).map(this::fits).orElse(false);
        }

        @Override
        public String labelKey() {
            return labelKey;
        }

        @Override
        public String icon() {
            return icon;
        }

        @Override
        public String path(TaskContext task) {
            return "/cases/" + task.caseCode() + page;
        }
    }
}
