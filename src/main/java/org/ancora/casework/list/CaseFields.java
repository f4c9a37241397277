package org.ancora.casework.list;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.SourceKind;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a viewer may see of the cases of a project. What is not among it can be neither shown, nor looked for, nor ordered by:
 * a filter that answered would tell what the page hides.
 */
@Component
class CaseFields {

    private static final String SHARED = """
            select 'flag' as what, k.key, k.NAME as label, k.position::bigint as position, null::bigint as attribute, '' as kind
              from flag_kind k
             where k.project_id = any(:projects) and k.retired_at is null
            union all
            select 'reason', o.key, o.NAME, o.position, null, ''
              from project_closing_reason o where o.project_id = any(:projects)
            """;

    private static final String OF_A_PROJECT = """
            union all
            select 'worker', a.id::text, a.name, 0, null, ''
              from account a
             where a.active and a.id in (select m.account_id from membership m
                                          where m.project_id = any(:projects) and m.role = 'caseworker')
            union all
            select 'status', s.key, s.NAME, s.position, null, ''
              from project_status s where s.project_id = any(:projects)
            union all
            select 'team', t.id::text, t.name, 0, null, ''
              from team t where t.project_id = any(:projects) and t.retired_at is null
            union all
            select 'attribute', b.key, b.NAME, b.position, b.id, b.kind
              from attribute b where b.project_id = any(:projects) and b.retired_at is null
            union all
            select 'choice', h.key, h.NAME, h.position, h.attribute_id, ''
              from attribute b join attribute_choice h on h.attribute_id = b.id
             where b.project_id = any(:projects) and b.retired_at is null
            """;

    private final JdbcClient jdbc;
    private final CaseWords words;

    CaseFields(JdbcClient jdbc, CaseWords words) {
        this.jdbc = jdbc;
        this.words = words;
    }

    /**
     * Returns the fields by key, in the order in which they are offered; read once a page.
     *
     * @param project one project, or null for the list of all
     */
    Map<String, Field> of(@Nullable Project project, Viewer viewer) {
        return OncePerPage.know(
                "casework.list.fields " + (project == null ? "all" : project.id()) + " " + viewer.id(),
                () -> read(project, viewer));
    }

    private Map<String, Field> read(@Nullable Project project, Viewer viewer) {
        Locale locale = viewer.locale();
        Known known = known(project, viewer, locale);
        List<Field> fields = new ArrayList<>(List.of(
                field("code", Kind.TEXT, Sort.CODE, true, false, List.of(), locale),
                field("client", Kind.TEXT, Sort.CLIENT, true, false, List.of(), locale),
                field("status", Kind.CHOICE, Sort.STATUS, true, false, statuses(known.statuses(), locale), locale),
                field("assigned", Kind.PERSON, Sort.ASSIGNED, true, false, known.workers(), locale),
                field("flag", Kind.CHOICE, null, true, true, known.flags(), locale),
                field(
                        "mode",
                        Kind.CHOICE,
                        null,
                        true,
                        false,
                        codes("service-mode.", ServiceMode.values(), locale),
                        locale),
                field("opened", Kind.DATE, Sort.OPENED, true, false, List.of(), locale),
                field("waiting", Kind.DATE, Sort.WAITING, true, true, List.of(), locale),
                field("closed", Kind.DATE, Sort.CLOSED, true, true, List.of(), locale),
                field("reason", Kind.CHOICE, null, true, true, known.reasons(), locale),
                field("language", Kind.TEXT, null, false, false, List.of(), locale)));
        if (!known.teams().isEmpty()) {
            fields.add(4, field("team", Kind.CHOICE, null, true, true, known.teams(), locale));
        }
        if (maySeeSources(project, viewer)) {
            fields.add(field(
                    "source",
                    Kind.CHOICE,
                    null,
                    true,
                    false,
                    codes("source-kind.", SourceKind.values(), locale),
                    locale));
        }
        if (project == null) {
            fields.add(field("project", Kind.TEXT, null, false, false, List.of(), locale));
        }
        fields.addAll(known.attributes());
        Map<String, Field> byKey = new LinkedHashMap<>();
        fields.forEach(field -> byKey.put(field.key(), field));
        return byKey;
    }

    /** Who brought a client belongs to the client's own data; a list of all projects shows it only to those who may see all of it. */
    private static boolean maySeeSources(@Nullable Project project, Viewer viewer) {
        return project == null
                ? viewer.projects(Permission.READ_PROFILE).containsAll(viewer.projects(Permission.READ_CASE))
                        && viewer.ownProjects(Permission.READ_PROFILE)
                                .containsAll(viewer.ownProjects(Permission.READ_CASE))
                : viewer.may(Permission.READ_PROFILE, project.id())
                        || (viewer.may(Permission.READ_PROFILE, project.id(), true)
                                && !viewer.may(Permission.READ_CASE, project.id()));
    }

    private Field field(
            String key,
            Kind kind,
            @Nullable Sort sort,
            boolean filter,
            boolean optional,
            List<Option> options,
            Locale locale) {
        return new Field(
                key,
                words.text("caselist.field." + key, locale),
                kind,
                true,
                filter,
                optional,
                sort,
                options,
                null,
                false,
                false);
    }

    /** Open, all and closed ones, and each status of the project, or each category across projects. */
    private List<Option> statuses(List<Option> own, Locale locale) {
        List<Option> all =
                new ArrayList<>(words.options("caselist.status.", Stream.of("open", "ended", "all"), locale));
        all.addAll(
                own.isEmpty()
                        ? words.options(
                                "case.status.", Stream.of(CaseStatus.values()).map(CaseStatus::code), locale)
                        : own);
        return all;
    }

    private <E extends Enum<E>> List<Option> codes(String prefix, E[] values, Locale locale) {
        return words.options(
                prefix,
                Stream.of(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                locale);
    }

    /** What a project has of its own. */
    private record Known(
            List<Option> workers,
            List<Option> statuses,
            List<Option> reasons,
            List<Option> flags,
            List<Option> teams,
            List<Field> attributes) {}

    /** Everything that a project has of its own, in one statement; across projects only what several may share. */
    private Known known(@Nullable Project project, Viewer viewer, Locale locale) {
        List<Option> workers =
                new ArrayList<>(words.options("caselist.assigned.", Stream.of("mine", "none", "any"), locale));
        List<Option> statuses = new ArrayList<>();
        Map<String, Option> reasons = new LinkedHashMap<>();
        Map<String, Option> flags = new LinkedHashMap<>();
        List<Option> teams = new ArrayList<>();
        Map<Long, List<Option>> choices = new HashMap<>();
        Map<Long, String[]> attributes = new LinkedHashMap<>();
        String name = "name_" + (List.of("es", "it").contains(locale.getLanguage()) ? locale.getLanguage() : "en");
        jdbc.sql((SHARED + (project == null ? "" : OF_A_PROJECT) + " order by what, position, label, key")
                        .replace("NAME", name))
                .param("projects", ids(project, viewer))
                .query(row -> {
                    String key = row.getString("key");
                    Option option = new Option(key, row.getString("label"));
                    switch (row.getString("what")) {
                        case "flag" -> flags.putIfAbsent(key, option);
                        case "reason" -> reasons.putIfAbsent(key, option);
                        case "status" -> statuses.add(option);
                        case "worker" -> workers.add(option);
                        case "team" -> teams.add(option);
                        case "choice" ->
                            choices.computeIfAbsent(row.getLong("attribute"), any -> new ArrayList<>())
                                    .add(option);
                        default ->
                            attributes.put(
                                    row.getLong("attribute"),
                                    new String[] {key, option.label(), row.getString("kind")});
                    }
                });
        List<Field> own = new ArrayList<>();
        attributes.forEach(
                (id, of) -> own.add(attribute(id, of[0], of[1], of[2], choices.getOrDefault(id, List.of()), locale)));
        return new Known(workers, statuses, List.copyOf(reasons.values()), List.copyOf(flags.values()), teams, own);
    }

    private Field attribute(long id, String key, String title, String kind, List<Option> choices, Locale locale) {
        Kind held =
                switch (kind) {
                    case "number" -> Kind.NUMBER;
                    case "date" -> Kind.DATE;
                    case "choice", "yes-no" -> Kind.CHOICE;
                    default -> Kind.TEXT;
                };
        List<Option> options =
                kind.equals("yes-no") ? words.options("caselist.", Stream.of("yes", "no"), locale) : choices;
        return new Field(
                "a." + key,
                title,
                held,
                true,
                true,
                true,
                null,
                options,
                id,
                held == Kind.TEXT,
                kind.equals("external-id"));
    }

    private static Long[] ids(@Nullable Project project, Viewer viewer) {
        return project != null
                ? new Long[] {project.id().value()}
                : Stream.concat(
                                viewer.projects(Permission.READ_CASE).stream(),
                                viewer.ownProjects(Permission.READ_CASE).stream())
                        .map(ProjectId::value)
                        .distinct()
                        .toArray(Long[]::new);
    }

    /** Whoever can be given a case of the project, by name. */
    List<Option> workers(ProjectId project) {
        return jdbc.sql("""
                        select a.id, a.name from account a
                         where a.active and a.id in (select m.account_id from membership m
                                                      where m.project_id = :project and m.role = 'caseworker')
                         order by a.name, a.id
                        """)
                .param("project", project.value())
                .query((row, number) -> new Option(row.getString("id"), row.getString("name")))
                .list();
    }
}
