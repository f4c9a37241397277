package org.ancora.attention;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/** Petitions and petitioners as their tables have them. */
final class PetitionRows {

    private PetitionRows() {}

    static Petition petition(ResultSet row, int number) throws SQLException {
        String destination = row.getString("destination");
        Date promised = row.getDate("promised_on");
        return new Petition(
                new PetitionId(row.getLong("id")),
                row.getString("number"),
                new ProjectId(row.getLong("project_id")),
                new OfficeId(row.getString("office")),
                PetitionKind.of(row.getString("kind")),
                PetitionChannel.of(row.getString("channel")),
                PetitionLevel.of(row.getString("level")),
                new PetitionerId(row.getLong("petitioner_id")),
                row.getString("motive"),
                row.getString("orientation"),
                user(row, "about"),
                instant(row, "registered_at"),
                user(row, "registered_by"),
                row.getBoolean("solved_at_once"),
                destination == null ? null : Destination.of(destination),
                promised == null ? null : promised.toLocalDate(),
                row.getString("attendance"));
    }

    static Petitioner petitioner(ResultSet row, int number) throws SQLException {
        return new Petitioner(
                new PetitionerId(row.getLong("id")),
                row.getString("document"),
                row.getString("given_name"),
                row.getString("family_name"),
                Beneficiary.of(row.getString("beneficiary")),
                row.getString("household_code"),
                row.getString("representative"),
                row.getString("district"),
                row.getString("province"),
                row.getString("region"),
                row.getString("phone"),
                row.getString("call_back_number"),
                row.getString("email"),
                row.getString("address"),
                row.getString("safe_times"),
                Locale.forLanguageTag(row.getString("language")));
    }

    static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new UserId(id);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static LocalDate day(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }
}
