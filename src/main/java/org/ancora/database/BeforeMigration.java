package org.ancora.database;

import org.flywaydb.core.Flyway;

/** Something to be settled before the database is brought to this release. */
@FunctionalInterface
public interface BeforeMigration {

    /**
     * Runs before the first migration, when the database is known to be of no later release.
     *
     * @param flyway what is about to migrate it
     */
    void prepare(Flyway flyway);
}
