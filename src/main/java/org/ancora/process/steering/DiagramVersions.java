package org.ancora.process.steering;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.ancora.access.Viewer;
import org.ancora.process.migration.Migrations;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The other versions of its diagrams in which a procedure could go on. */
@Component
class DiagramVersions {

    /** The number of the version that was left, in what is kept of a deed. */
    static final String FROM = "from-version";

    /** The number of the version in which it goes on. */
    static final String TO = "to-version";

    private final RunWords words;
    private final Migrations migrations;

    DiagramVersions(RunWords words, Migrations migrations) {
        this.words = words;
        this.migrations = migrations;
    }

    /** The versions, the newest first. */
    List<Choice> choices(Run run, Locale language) {
        ZoneId zone = words.zone(run);
        return migrations.targets(run.id()).stream()
                .map(target -> new Choice(
                        target.deployment(),
                        words.say(
                                target.newest() ? "steering.choice.version.newest" : "steering.choice.version",
                                language,
                                target.number(),
                                words.moment(target.at(), zone, language))))
                .toList();
    }

    /**
     * Tried at once and undone; to be done outside any transaction, for it has one of its own.
     *
     * @param record keeps the reason, in the transaction that moves it
     */
    Prepared migrate(Run run, Order order, Viewer viewer, Consumer<Map<String, String>> record) {
        Locale language = viewer.locale();
        Choice version = choices(run, language).stream()
                .filter(choice -> choice.value().equals(order.what()))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.choose.version"));
        requireMoved(migrations.tryOne(run.id(), version.value(), viewer.id(), language));
        Map<String, String> details = details(run, version.value());
        return new Prepared(List.of(words.say("steering.will.migrate", language, version.words())), details, () -> {
            requireMoved(
                    migrations.one(run.id(), version.value(), viewer.id(), language, () -> record.accept(details)));
            return run.id();
        });
    }

    /** Which version it leaves and in which it goes on, by the numbers that the studio's history of versions shows. */
    private Map<String, String> details(Run run, String version) {
        Map<String, String> details = new HashMap<>(Map.of("version", version));
        migrations.numberOf(run.id()).ifPresent(from -> details.put(FROM, from.toString()));
        migrations.number(version).ifPresent(to -> details.put(TO, to.toString()));
        return details;
    }

    private static void requireMoved(Migrations.Moved moved) {
        if (!moved.moved()) {
            throw new Problem(HttpStatus.CONFLICT, "steering.migrate.refused", String.valueOf(moved.why()));
        }
    }
}
