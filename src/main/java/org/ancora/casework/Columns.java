package org.ancora.casework;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;

/** How ids, instants and languages stand in columns. */
final class Columns {

    private Columns() {}

    /** Returns the account that stands for who acted; nothing for Ancora itself. */
    static @Nullable Long account(UserId by) {
        return by.equals(UserId.SYSTEM) ? null : by.value();
    }

    /** Returns who acted, from such a column. */
    static UserId actor(@Nullable Long account) {
        return account == null ? UserId.SYSTEM : new UserId(account);
    }

    static @Nullable UserId user(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new UserId(id);
    }

    static UserId actor(ResultSet row, String column) throws SQLException {
        UserId user = user(row, column);
        return user == null ? UserId.SYSTEM : user;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(row, column), column);
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static List<Locale> languages(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .map(Locale::forLanguageTag)
                .toList();
    }

    /** Returns the tone of a colour column. */
    static Tone tone(String code) {
        return Tone.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
