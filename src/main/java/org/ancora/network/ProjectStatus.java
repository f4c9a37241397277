package org.ancora.network;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.web.Tone;

/**
 * One of a project's statuses (C47).
 *
 * @param id identity
 * @param project whose
 * @param key short name in addresses and diagrams, {@code waiting-for-papers}; unique in its project
 * @param category where a case of this status stands; several statuses may share one
 * @param name in the three languages
 * @param tone its colour
 * @param position among the project's statuses, ascending
 * @param retired whether it is given to no case any more
 * @param version counts its changes, for editing without overwriting each other
 */
public record ProjectStatus(
        StatusId id,
        ProjectId project,
        String key,
        CaseStatus category,
        Wording name,
        Tone tone,
        int position,
        boolean retired,
        int version) {

    /** What {@link #of} reads, from {@code project_status s}. */
    public static final String COLUMNS = """
            s.id as status_id, s.project_id as status_project, s.key as status_key, s.category as status_category,
            s.name_en as status_en, s.name_es as status_es, s.name_it as status_it, s.colour as status_colour,
            s.position as status_position, s.retired_at is not null as status_retired, s.version as status_version
            """;

    /** Reads a status from a row that selects {@link #COLUMNS}. */
    public static ProjectStatus of(ResultSet row) throws SQLException {
        return new ProjectStatus(
                new StatusId(row.getLong("status_id")),
                new ProjectId(row.getLong("status_project")),
                row.getString("status_key"),
                CaseStatus.of(row.getString("status_category")),
                new Wording(row.getString("status_en"), row.getString("status_es"), row.getString("status_it")),
                Tone.valueOf(row.getString("status_colour").toUpperCase(Locale.ROOT)),
                row.getInt("status_position"),
                row.getBoolean("status_retired"),
                row.getInt("status_version"));
    }

    /** Returns whether work on a case ends with it. */
    public boolean isClosed() {
        return category == CaseStatus.CLOSED;
    }

    /** Returns its name in the reader's language. */
    public String name(Locale locale) {
        return name.in(locale);
    }
}
