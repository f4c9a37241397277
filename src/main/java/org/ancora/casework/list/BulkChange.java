package org.ancora.casework.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A change of many cases.
 *
 * @param id identity
 * @param project whose cases; never those of two
 * @param by who chose them
 * @param kind what is done to each
 * @param what the account, team or status it gives, as digits, or the flag's key
 * @param because the closing reason, for a status that closes; empty else
 * @param note why, in the words of whoever did it; may be empty
 * @param state whether it was only chosen, runs, or is done
 * @param total how many were chosen
 * @param changed how many have been changed
 * @param skipped how many have been left as they were, each for a reason
 * @param createdAt when they were chosen
 */
record BulkChange(
        long id,
        ProjectId project,
        UserId by,
        Kind kind,
        String what,
        String because,
        String note,
        State state,
        int total,
        int changed,
        int skipped,
        Instant createdAt) {

    /** What is done to each case. */
    enum Kind {
        ASSIGN(Permission.ASSIGN_CASE),
        TEAM(Permission.ASSIGN_CASE),
        FLAG(Permission.FLAG_CASE),
        RESOLVE(Permission.FLAG_CASE),
        STATUS(Permission.CHANGE_STATUS);

        private final Permission permission;

        Kind(Permission permission) {
            this.permission = permission;
        }

        /** What somebody needs for it, in the whole project. */
        Permission permission() {
            return permission;
        }

        /** The lower-case code of tables, addresses and message keys; public so that templates may ask. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the kind with this code.
         *
         * @throws IllegalArgumentException when there is none
         */
        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** How far it has come. */
    enum State {
        CHOSEN,
        RUNNING,
        DONE;

        /** The lower-case code; public so that templates may ask. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static BulkChange of(ResultSet row, int number) throws SQLException {
        return new BulkChange(
                row.getLong("id"),
                new ProjectId(row.getLong("project_id")),
                new UserId(row.getLong("by_account")),
                Kind.of(row.getString("kind")),
                row.getString("what"),
                row.getString("because"),
                row.getString("note"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("total"),
                row.getInt("changed"),
                row.getInt("skipped"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** How many have had their turn; public so that templates may ask. */
    public int done() {
        return changed + skipped;
    }
}
