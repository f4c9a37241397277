package org.ancora.network;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.time.CalendarSpec;
import org.ancora.time.ExtraDay;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of networks, organisations and projects; each read is one statement, extra days included. */
@Repository
class ProjectRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SELECT = """
            select p.*, n.name as network_name, o.name as organisation_name,
                   (select coalesce(json_agg(d order by d.day), '[]')::text
                      from project_extra_day d where d.project_id = p.id) as extra_days
              from project p
              join network n on n.id = p.network_id
              join organisation o on o.id = p.organisation_id
            """;

    private static final String ORDER = " order by n.name, p.name, p.id";

    private final JdbcClient jdbc;

    ProjectRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Project> all() {
        return jdbc.sql(SELECT + ORDER).query(ProjectRows::project).list();
    }

    Map<ProjectId, Project> withIds(Collection<ProjectId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<ProjectId, Project> found = new LinkedHashMap<>();
        jdbc.sql(SELECT + " where p.id = any(:ids)" + ORDER)
                .param("ids", ids.stream().map(ProjectId::value).toArray(Long[]::new))
                .query(ProjectRows::project)
                .list()
                .forEach(project -> found.put(project.id(), project));
        return found;
    }

    Optional<Project> withKey(String key) {
        return jdbc.sql(SELECT + " where p.key = :key")
                .param("key", key)
                .query(ProjectRows::project)
                .optional();
    }

    long networkNamed(String name) {
        return jdbc.sql("""
                        insert into network (name) values (:name)
                        on conflict (name) do update set name = excluded.name
                        returning id
                        """).param("name", name).query(Long.class).single();
    }

    long organisationNamed(long network, String name) {
        return jdbc.sql("""
                        insert into organisation (network_id, name) values (:network, :name)
                        on conflict (network_id, name) do update set name = excluded.name
                        returning id
                        """)
                .param("network", network)
                .param("name", name)
                .query(Long.class)
                .single();
    }

    ProjectId insert(NewProject project, long network, long organisation) {
        Map<String, Object> params = new LinkedHashMap<>(calendar(project.calendar()));
        params.putAll(settings(project.settings()));
        params.put("network", network);
        params.put("organisation", organisation);
        params.put("key", project.key());
        params.put("name", project.name());
        params.put("codePrefix", project.codePrefix());
        params.put("locale", project.locale().toLanguageTag());
        params.put("accent", project.accent().code());
        params.put("initials", project.initials());
        params.put("calendarVersion", project.calendar().version());
        long id = jdbc.sql("""
                        insert into project (
                            network_id, organisation_id, key, name, code_prefix, locale, accent, initials,
                            jurisdiction, zone, opens, closes, weekend, calendar_version,
                            caseload_limit, closing_conditions,
                            letterhead_name, letterhead_phone, letterhead_email, letterhead_address, letterhead_hours)
                        values (
                            :network, :organisation, :key, :name, :codePrefix, :locale, :accent, :initials,
                            :jurisdiction, :zone, :opens, :closes, :weekend, :calendarVersion,
                            :caseloadLimit, :closingConditions,
                            :letterheadName, :letterheadPhone, :letterheadEmail, :letterheadAddress, :letterheadHours)
                        returning id
                        """).params(params).query(Long.class).single();
        return new ProjectId(id);
    }

    void updateCalendar(ProjectId id, CalendarSpec calendar) {
        jdbc.sql("""
                        update project
                           set jurisdiction = :jurisdiction, zone = :zone, opens = :opens, closes = :closes,
                               weekend = :weekend, calendar_version = calendar_version + 1, version = version + 1
                         where id = :id
                        """).params(calendar(calendar)).param("id", id.value()).update();
    }

    void updateSettings(ProjectId id, ProjectSettings settings) {
        jdbc.sql("""
                        update project
                           set caseload_limit = :caseloadLimit,
                               closing_conditions = :closingConditions,
                               letterhead_name = :letterheadName, letterhead_phone = :letterheadPhone,
                               letterhead_email = :letterheadEmail, letterhead_address = :letterheadAddress,
                               letterhead_hours = :letterheadHours, version = version + 1
                         where id = :id
                        """).params(settings(settings)).param("id", id.value()).update();
    }

    Optional<Integer> version(ProjectId id) {
        return jdbc.sql("select version from project where id = :id")
                .param("id", id.value())
                .query(Integer.class)
                .optional();
    }

    boolean claim(ProjectId id, int version) {
        return jdbc.sql("update project set version = version + 1 where id = :id and version = :version")
                        .param("id", id.value())
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Replaces the extra days; where a day is given twice the last one holds, as in the calendar itself. */
    void putExtraDays(ProjectId id, List<ExtraDay> days) {
        jdbc.sql("delete from project_extra_day where project_id = :id")
                .param("id", id.value())
                .update();
        Map<LocalDate, ExtraDay> last = new LinkedHashMap<>();
        days.forEach(day -> last.put(day.day(), day));
        for (ExtraDay day : last.values()) {
            jdbc.sql("""
                            insert into project_extra_day (project_id, day, off, reason_en, reason_es, reason_it)
                            values (:id, :day, :off, :en, :es, :it)
                            """)
                    .param("id", id.value())
                    .param("day", day.day())
                    .param("off", day.off())
                    .param("en", day.reason().getOrDefault("en", ""))
                    .param("es", day.reason().getOrDefault("es", ""))
                    .param("it", day.reason().getOrDefault("it", ""))
                    .update();
        }
    }

    List<ProjectId> ids(String condition, Map<String, ?> params) {
        return jdbc.sql("select p.id from project p " + condition)
                .params(params)
                .query((row, number) -> new ProjectId(row.getLong(1)))
                .list();
    }

    private static Map<String, Object> calendar(CalendarSpec calendar) {
        return Map.of(
                "jurisdiction",
                calendar.jurisdiction(),
                "zone",
                calendar.zone().getId(),
                "opens",
                calendar.opens(),
                "closes",
                calendar.closes(),
                "weekend",
                calendar.weekend().stream().sorted().map(DayOfWeek::name).toArray(String[]::new));
    }

    private static Map<String, Object> settings(ProjectSettings settings) {
        Letterhead letterhead = settings.letterhead();
        return Map.of(
                "caseloadLimit",
                settings.caseloadLimit(),
                "closingConditions",
                settings.closingConditions().stream().sorted().toArray(String[]::new),
                "letterheadName",
                letterhead.name(),
                "letterheadPhone",
                letterhead.phone(),
                "letterheadEmail",
                letterhead.email(),
                "letterheadAddress",
                letterhead.address(),
                "letterheadHours",
                letterhead.hours());
    }

    private static Project project(ResultSet row, int number) throws SQLException {
        Set<DayOfWeek> weekend = Arrays.stream(
                        (String[]) row.getArray("weekend").getArray())
                .map(DayOfWeek::valueOf)
                .collect(Collectors.toSet());
        CalendarSpec calendar = new CalendarSpec(
                row.getString("jurisdiction"),
                ZoneId.of(row.getString("zone")),
                row.getObject("opens", LocalTime.class),
                row.getObject("closes", LocalTime.class),
                weekend,
                extraDays(row.getString("extra_days")),
                row.getInt("calendar_version"));
        Letterhead letterhead = new Letterhead(
                row.getString("letterhead_name"),
                row.getString("letterhead_phone"),
                row.getString("letterhead_email"),
                row.getString("letterhead_address"),
                row.getString("letterhead_hours"));
        return new Project(
                new ProjectId(row.getLong("id")),
                row.getString("key"),
                new Network(row.getLong("network_id"), row.getString("network_name")),
                row.getLong("organisation_id"),
                row.getString("organisation_name"),
                row.getString("name"),
                row.getString("code_prefix"),
                Locale.forLanguageTag(row.getString("locale")),
                Accent.of(row.getString("accent")),
                row.getString("initials"),
                calendar,
                new ProjectSettings(
                        row.getInt("caseload_limit"),
                        Set.of((String[]) row.getArray("closing_conditions").getArray()),
                        letterhead));
    }

    private static List<ExtraDay> extraDays(String json) {
        List<ExtraDay> days = new ArrayList<>();
        for (JsonNode day : JSON.readTree(json)) {
            Map<String, String> reason = new HashMap<>();
            for (String language : List.of("en", "es", "it")) {
                String words = day.get("reason_" + language).asString();
                if (!words.isEmpty()) {
                    reason.put(language, words);
                }
            }
            days.add(new ExtraDay(
                    LocalDate.parse(day.get("day").asString()), day.get("off").asBoolean(), reason));
        }
        return days;
    }
}
