package org.ancora.casework.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/** How instants and people stand in columns. */
final class Stamps {

    private Stamps() {}

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** To the millisecond, as the engine keeps it. */
    static OffsetDateTime due(Instant instant) {
        return at(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new UserId(id);
    }
}
