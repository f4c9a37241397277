package org.ancora.referral;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.Projects;
import org.ancora.network.Wording;
import org.ancora.referral.ProjectOption.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What projects have set about their referrals (C103, C137). */
@Repository
class ReferralOptions {

    private final JdbcClient jdbc;
    private final Projects projects;
    private final ApplicationEventPublisher events;

    ReferralOptions(JdbcClient jdbc, Projects projects, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.events = events;
    }

    private record Row(
            ProjectId project,
            boolean byEmail,
            boolean bySms,
            @Nullable ProjectOption option) {}

    ProjectOptions of(ProjectId project) {
        return of(Set.of(project)).getOrDefault(project, ProjectOptions.USUAL);
    }

    /** What each of these projects has set, in one statement however many they are. */
    Map<ProjectId, ProjectOptions> of(Set<ProjectId> projects) {
        if (projects.isEmpty()) {
            return Map.of();
        }
        List<Row> rows = jdbc.sql("""
                        select p.id as of_project, coalesce(s.by_email, true) as by_email, coalesce(s.by_sms, true) as by_sms, o.*
                          from project p
                          left join referral_sending_choice s on s.project_id = p.id
                          left join referral_option o on o.project_id = p.id
                         where p.id = any(:projects)
                         order by o.position, o.id
                        """)
                .param("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new))
                .query(ReferralOptions::row)
                .list();
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Row::project, Collectors.collectingAndThen(Collectors.toList(), ReferralOptions::options)));
    }

    private static ProjectOptions options(List<Row> rows) {
        return new ProjectOptions(
                rows.get(0).byEmail(),
                rows.get(0).bySms(),
                rows.stream()
                        .map(Row::option)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    /**
     * Sets by which ways the project writes about referrals.
     *
     * @param version of the project that the person saw
     * @throws OptimisticLockingFailureException when it was changed since
     */
    @Transactional
    public void send(ProjectId project, boolean byEmail, boolean bySms, int version, UserId by) {
        projects.claim(project, version);
        jdbc.sql("""
                        insert into referral_sending_choice (project_id, by_email, by_sms) values (:project, :email, :sms)
                        on conflict (project_id) do update set by_email = excluded.by_email, by_sms = excluded.by_sms
                        """)
                .param("project", project.value())
                .param("email", byEmail)
                .param("sms", bySms)
                .update();
        events.publishEvent(audited("project.referrals-changed", project, by)
                .with("email", byEmail)
                .with("sms", bySms));
    }

    /**
     * Sets a choice.
     *
     * @param option as it is to be, at the version that the person saw
     * @throws OptimisticLockingFailureException when it was changed since
     * @throws org.springframework.dao.DuplicateKeyException when another kind has its name
     */
    @Transactional
    public void set(ProjectId project, ProjectOption option, UserId by) {
        int changed = jdbc.sql("""
                        insert into referral_option (project_id, part, code, name_en, name_es, name_it, template, offered,
                                                     position)
                        values (:project, :part, :code, :en, :es, :it, :template, :offered, :position)
                        on conflict (project_id, part, code) do update
                           set name_en = :en, name_es = :es, name_it = :it, template = :template, offered = :offered,
                               position = :position, version = referral_option.version + 1
                         where referral_option.version = :version
                        """)
                .param("project", project.value())
                .param("part", option.part().code())
                .param("code", option.code())
                .param("en", option.name().en())
                .param("es", option.name().es())
                .param("it", option.name().it())
                .param("template", option.template())
                .param("offered", option.offered())
                .param("position", option.position())
                .param("version", option.version())
                .update();
        if (changed != 1) {
            throw new OptimisticLockingFailureException(
                    "%s is no longer at version %d".formatted(option.path(), option.version()));
        }
        events.publishEvent(
                audited("project.referral-option-changed", project, by).with("option", option.path()));
    }

    /** Returns a code that no kind has. */
    static String newCode() {
        return UUID.randomUUID().toString();
    }

    private static Audited audited(String action, ProjectId project, UserId by) {
        return new Audited(action, project, null, "project", project.toString(), by, Map.of());
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String part = row.getString("part");
        return new Row(
                new ProjectId(row.getLong("of_project")),
                row.getBoolean("by_email"),
                row.getBoolean("by_sms"),
                part == null
                        ? null
                        : new ProjectOption(
                                row.getLong("id"),
                                Part.of(part),
                                row.getString("code"),
                                new Wording(
                                        row.getString("name_en"), row.getString("name_es"), row.getString("name_it")),
                                row.getString("template"),
                                row.getBoolean("offered"),
                                row.getInt("position"),
                                row.getInt("version")));
    }
}
