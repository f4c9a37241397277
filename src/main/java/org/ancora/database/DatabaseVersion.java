package org.ancora.database;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings the database to this release, and refuses one that a later release has changed: it might not bear our writes. */
@Configuration(proxyBeanMethods = false)
class DatabaseVersion {

    @Bean
    FlywayMigrationStrategy forwardOnly(ObjectProvider<BeforeMigration> first) {
        return flyway -> {
            refuseLater(flyway);
            first.orderedStream().forEach(each -> each.prepare(flyway));
            flyway.migrate();
        };
    }

    private static void refuseLater(Flyway flyway) {
        MigrationInfo[] all = flyway.info().all();
        MigrationVersion ours = latest(all, info -> info.getState().isResolved());
        MigrationVersion theirs = latest(all, info -> info.getState().isApplied());
        if (theirs != null && ours != null && theirs.compareTo(ours) > 0) {
            throw new StartUpRefused("The database was brought to version " + theirs
                    + " by a later release of Ancora, and this release knows it up to version " + ours
                    + ": start that later release, or restore the back-up that was taken before it.");
        }
    }

    private static @Nullable MigrationVersion latest(MigrationInfo[] all, Predicate<MigrationInfo> known) {
        return Arrays.stream(all)
                .filter(info -> info.isVersioned() && known.test(info))
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
