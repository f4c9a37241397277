package org.ancora.engagement;

import java.time.Clock;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseAction;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.network.Projects;
import org.ancora.process.task.Outlook;
import org.ancora.process.task.Tasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What engagement adds to the case page. */
@Configuration(proxyBeanMethods = false)
class CaseParts {

    @Bean
    CasePanel engagementProcedure(ProcedureViews views) {
        return new Panel(10, CasePanel.Place.MAIN, "procedure", Permission.READ_CASE) {
            @Override
            public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
                return views.procedure(caseFile, viewer);
            }
        };
    }

    @Bean
    CasePanel engagementAttempts(ProcedureViews views) {
        return new Panel(20, CasePanel.Place.TAB, "attempts", Permission.READ_PROFILE) {
            @Override
            public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
                return CaseDesk.mayReadRecord(Permission.READ_PROFILE, caseFile, viewer);
            }

            @Override
            public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
                return Map.of("lines", views.attempts(caseFile, viewer));
            }
        };
    }

    @Bean
    CasePanel engagementDeadlines(ProcedureViews views) {
        return new Panel(30, CasePanel.Place.TAB, "deadlines", Permission.READ_CASE) {
            @Override
            public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
                return Map.of("deadlines", views.deadlines(caseFile, viewer));
            }
        };
    }

    @Bean
    CaseAction clientGotInTouch(News news) {
        return new NewsAction(10, "engagement.in-touch.action", "phone-incoming", News.Kind.CLIENT, news);
    }

    @Bean
    CaseAction sourceHasAnswered(News news) {
        return new NewsAction(20, "engagement.source-answered.action", "message-reply", News.Kind.SOURCE, news);
    }

    @Bean
    Outlook entryOutlook(
            Glances glances,
            Projects projects,
            AttemptWords words,
            EpisodeDecisions decisions,
            Tasks tasks,
            Clock clock) {
        return new SearchOutlook(Track.ENTRY, glances, projects, words, decisions, tasks, clock);
    }

    @Bean
    Outlook existingOutlook(
            Glances glances,
            Projects projects,
            AttemptWords words,
            EpisodeDecisions decisions,
            Tasks tasks,
            Clock clock) {
        return new SearchOutlook(Track.EXISTING, glances, projects, words, decisions, tasks, clock);
    }

    @Bean
    CaseAction beginSearch(Searches searches) {
        return new SearchAction(30, "user-search", SearchPages.Kind.BEGIN, searches);
    }

    @Bean
    CaseAction lengthenSearch(Searches searches) {
        return new SearchAction(32, "calendar-plus", SearchPages.Kind.LENGTHEN, searches);
    }

    @Bean
    CaseAction endSearch(Searches searches) {
        return new SearchAction(34, "player-stop", SearchPages.Kind.END, searches);
    }

    private abstract static class Panel implements CasePanel {

        private final int order;
        private final Place place;
        private final String name;
        private final Permission permission;

        Panel(int order, Place place, String name, Permission permission) {
            this.order = order;
            this.place = place;
            this.name = name;
            this.permission = permission;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public String titleKey() {
            return "engagement." + name + ".title";
        }

        @Override
        public String path() {
            return name;
        }

        @Override
        public Place place() {
            return place;
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return viewer.may(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        }

        @Override
        public String fragment() {
            return "engagement/panels :: " + name;
        }
    }

    private record SearchAction(int order, String icon, SearchPages.Kind kind, Searches searches)
            implements CaseAction {

        @Override
        public String labelKey() {
            return "engagement.search." + kind.code() + ".action";
        }

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return !caseFile.isClosed()
                    && !caseFile.concealed()
                    && viewer.may(kind.permission(), caseFile.project())
                    && (kind == SearchPages.Kind.BEGIN
                            ? searches.canBegin(caseFile)
                            : kind == SearchPages.Kind.END
                                    ? searches.mayEnd(caseFile, viewer)
                                    : searches.canEnd(caseFile.code()));
        }

        @Override
        public String path(CaseSummary caseFile) {
            return caseFile.path() + "/search/" + kind.code();
        }
    }

    private record NewsAction(int order, String labelKey, String icon, News.Kind kind, News news)
            implements CaseAction {

        @Override
        public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
            return !caseFile.isClosed()
                    && !caseFile.concealed()
                    && viewer.may(Permission.RECORD_CONTACT, caseFile.project())
                    && news.isAwaited(kind, caseFile.code());
        }

        @Override
        public String path(CaseSummary caseFile) {
            return caseFile.path() + "/" + kind.page();
        }
    }
}
