package org.ancora.casework;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Projects;
import org.ancora.web.Chip;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the case page that are casework's own. */
@Configuration(proxyBeanMethods = false)
class CasePanels {

    @Bean
    CasePanel contactsPanel(ClientCards cards) {
        return new CasePanel() {
            @Override
            public int order() {
                return 10;
            }

            @Override
            public String titleKey() {
                return "case.panel.contacts";
            }

            @Override
            public String path() {
                return "contacts";
            }

            @Override
            public Place place() {
                return Place.SIDE;
            }

            @Override
            public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
                return mayReadProfile(viewer, caseFile);
            }

            @Override
            public String fragment() {
                return "casework/panels :: contacts";
            }

            @Override
            public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
                return Map.of(
                        "client",
                        cards.card(caseFile, viewer, false),
                        "editable",
                        viewer.may(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isOwnOf(viewer.id())));
            }
        };
    }

    @Bean
    CasePanel flagsPanel(Cases cases, CaseWords words, Projects projects) {
        return new CasePanel() {
            @Override
            public int order() {
                return 20;
            }

            @Override
            public String titleKey() {
                return "case.panel.flags";
            }

            @Override
            public String path() {
                return "flags";
            }

            @Override
            public Place place() {
                return Place.SIDE;
            }

            @Override
            public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
                return true;
            }

            @Override
            public String fragment() {
                return "casework/panels :: flags";
            }

            @Override
            public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
                return flags(caseFile, viewer, cases.flagBoard(caseFile), words, projects);
            }
        };
    }

    static boolean mayReadProfile(Viewer viewer, CaseSummary caseFile) {
        return CaseDesk.mayReadRecord(Permission.READ_PROFILE, caseFile, viewer);
    }

    /** A flag as the page shows it. */
    record FlagLine(
            String code,
            Chip chip,
            String protocol,
            String note,
            String raised,
            boolean open,
            String resolved,
            String resolution) {}

    private static Map<String, Object> flags(
            CaseSummary caseFile, Viewer viewer, FlagRows.Board board, CaseWords words, Projects projects) {
        Locale locale = viewer.locale();
        ZoneId zone = projects.get(caseFile.project()).calendar().zone();
        Map<String, Object> model = new HashMap<>();
        Map<Boolean, List<FlagLine>> lines = board.flags().stream()
                .map(flag -> line(flag, board.protocols(), !caseFile.concealed(), words, zone, locale))
                .collect(Collectors.partitioningBy(FlagLine::open));
        model.put("flags", lines.get(true));
        model.put("past", lines.get(false));
        model.put(
                "raisable",
                board.raisable().stream()
                        .map(kind -> new Option(kind.code(), kind.label().in(locale)))
                        .toList());
        model.put("editable", !caseFile.isClosed() && CaseDesk.mayAct(Permission.FLAG_CASE, caseFile, viewer));
        return model;
    }

    /** That there is a flag everybody must see; what was written beside it, those only who may know the client. */
    private static FlagLine line(
            Flag flag, Map<String, String> protocols, boolean known, CaseWords words, ZoneId zone, Locale locale) {
        String resolved = flag.resolvedAt() == null
                ? ""
                : words.text(
                        "case.flag.resolved",
                        locale,
                        words.day(flag.resolvedAt(), zone, locale),
                        name(flag.resolvedByName()));
        return new FlagLine(
                flag.kind().code(),
                words.flag(flag.kind(), locale),
                protocols.getOrDefault(flag.kind().code(), ""),
                known ? flag.note() : "",
                words.text(
                        "case.flag.raised",
                        locale,
                        words.day(flag.raisedAt(), zone, locale),
                        name(flag.raisedByName())),
                flag.isOpen(),
                resolved,
                known ? flag.resolution() : "");
    }

    private static String name(@Nullable String name) {
        return name == null ? "Ancora" : name;
    }
}
