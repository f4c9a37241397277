package org.ancora.process.rehearsal;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.ancora.network.Project;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.springframework.stereotype.Component;

/** Rehearsals for tests of other modules, which hold them against what really runs. */
@Component
public class RehearsedProcedures {

    private final Rehearsals rehearsals;
    private final Places places;
    private final ShippedFolders shipped;

    RehearsedProcedures(Rehearsals rehearsals, Places places, ShippedFolders shipped) {
        this.rehearsals = rehearsals;
        this.places = places;
        this.shipped = shipped;
    }

    /** What is done in one of them. */
    public interface Walk {

        void until(String localMoment);

        void answer(String task, Map<String, ?> answers);
    }

    /** What happened when a shipped procedure was rehearsed on a project's calendar. */
    public List<String> trace(String folder, String process, Project project, String start, Consumer<Walk> walk) {
        return trace(folder, process, project, start, Map.of(), walk);
    }

    /** As above, of a record of which something else than usual is true. */
    public List<String> trace(
            String folder,
            String process,
            Project project,
            String start,
            Map<String, String> facts,
            Consumer<Walk> walk) {
        ProcessFolder files = RehearsalFixtures.folder(shipped, folder);
        Places.Place place = places.find("project/" + project.id().value()).orElseThrow();
        Setting setting = new Setting(
                folder,
                process,
                place.code(),
                place.project(),
                place.name(),
                place.calendar(),
                LocalDateTime.parse(start).atZone(place.calendar().zone()).toInstant(),
                rehearsals.chosen(files, facts));
        return Objects.requireNonNull(rehearsals.<List<String>>apart(files, setting, rehearsal -> {
            walk.accept(new Walk() {
                @Override
                public void until(String localMoment) {
                    rehearsal.to(LocalDateTime.parse(localMoment)
                            .atZone(place.calendar().zone())
                            .toInstant());
                }

                @Override
                public void answer(String task, Map<String, ?> answers) {
                    String[] path = task.split("/", 2);
                    OpenStep open = rehearsal.task(path[0], path[1]).orElseThrow();
                    Rehearsal.Outcome outcome = rehearsal.answer(
                            open, new TaskForms.Reader(open.roles().get(0), Locale.ENGLISH, key -> key), answers);
                    if (!outcome.taken()) {
                        throw new AssertionError(outcome.problems().toString());
                    }
                }
            });
            return rehearsal.journal().trace();
        }));
    }
}
