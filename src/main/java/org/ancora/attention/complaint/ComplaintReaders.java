package org.ancora.attention.complaint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionStage;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.correspondence.LetterReaders;
import org.ancora.network.Projects;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What other pages learn of complaints: the status page, the print queue, letters, and the tasks. */
@Component
class ComplaintReaders implements LetterReaders, PetitionStage {

    private final ComplaintRows rows;
    private final Projects projects;
    private final ComplaintClock dates;
    private final MovedWords reasons;
    private final MessageSource messages;
    private final Dates days;

    ComplaintReaders(
            ComplaintRows rows,
            Projects projects,
            ComplaintClock dates,
            MovedWords reasons,
            MessageSource messages,
            Dates days) {
        this.rows = rows;
        this.projects = projects;
        this.dates = dates;
        this.reasons = reasons;
        this.messages = messages;
        this.days = days;
    }

    @Override
    public Set<String> readable(Collection<String> references, Viewer viewer) {
        return references.stream()
                .filter(reference -> reference.matches("[A-Z]{2,6}[0-9]-[0-9]{4}-[0-9]{4,}"))
                .filter(reference -> rows.find(reference)
                        .filter(complaint -> complaint.isFor(viewer))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public String path(String reference) {
        return "/complaints/" + reference;
    }

    @Override
    public Optional<Stage> of(Petition petition) {
        return rows.find(petition.number()).map(this::stage);
    }

    @Override
    public List<String> moved(Petition petition, Locale locale) {
        return rows.find(petition.number())
                .filter(complaint -> complaint.stage().unanswered() && !complaint.isStopped())
                .map(complaint -> reasons.withTheDayBefore(dates.standing(complaint), locale))
                .orElse(List.of());
    }

    @Override
    public List<String> otherNumbers(Petition petition, Locale locale) {
        return rows.find(petition.number())
                .map(complaint -> otherNumbers(complaint, locale))
                .orElse(List.of());
    }

    private List<String> otherNumbers(Complaint complaint, Locale locale) {
        List<String> said = new ArrayList<>();
        String before = complaint.links().appealOf();
        String into = complaint.links().mergedInto();
        if (before != null) {
            said.add(messages.getMessage("complaint.status.appeal-of", new Object[] {before}, locale));
        }
        if (into != null) {
            String last = last(into);
            said.add(messages.getMessage("complaint.status.merged-into", new Object[] {last}, locale));
            rows.find(last).ifPresent(other -> said.addAll(howFar(other, locale)));
        }
        rows.appealsOf(complaint.number()).stream()
                .filter(other -> complaint.number().equals(other.links().appealOf()))
                .map(appeal -> new Object[] {appeal.number()})
                .forEach(number -> said.add(messages.getMessage("complaint.status.appeal", number, locale)));
        return said;
    }

    /** The number of the one that is answered: what another was merged with may have been merged again. */
    private String last(String into) {
        Set<String> passed = new HashSet<>();
        String last = into;
        while (passed.add(last)) {
            last = rows.find(last)
                    .flatMap(complaint -> Optional.ofNullable(complaint.links().mergedInto()))
                    .orElse(last);
        }
        return last;
    }

    /** What the page of the one that is answered says of it: whoever merely has the merged one learns by when. */
    private List<String> howFar(Complaint other, Locale locale) {
        Stage stage = stage(other);
        List<String> said = new ArrayList<>();
        said.add(messages.getMessage(stage.key(), null, locale));
        LocalDate due = stage.due();
        if (due != null) {
            said.add(messages.getMessage("desk.status.due", new Object[] {days.longDay(due, locale)}, locale));
        }
        return said;
    }

    private Stage stage(Complaint complaint) {
        String word = complaint.isStopped()
                ? "stopped"
                : complaint.isBroken() && complaint.stage().unanswered()
                        ? "late"
                        : complaint.stage().code();
        LocalDate due = null;
        if (complaint.stage().unanswered() && !complaint.isStopped()) {
            due = ComplaintClock.day(
                    Objects.requireNonNullElse(
                            complaint.told().newDue(), complaint.terms().due()),
                    projects.calendar(complaint.project()));
        }
        return new Stage("complaint.status." + word, due, complaint.endedAt(), complaint.path());
    }

    /** What was said and answered before an appeal. */
    record Before(String number, String path, String motive, String answer) {}

    /** Beside every task of a complaint: what it says, and the way to its page. */
    @Component
    static class Panel implements TaskPanel {

        /** The tasks in which somebody tells the person the answer, and so has to know it. */
        private static final Set<String> TOLD = Set.of("post-answer", "confirm");

        private final ComplaintRows rows;
        private final Petitions petitions;
        private final Originals originals;
        private final EarlierHands earlier;

        Panel(ComplaintRows rows, Petitions petitions, Originals originals, EarlierHands earlier) {
            this.rows = rows;
            this.petitions = petitions;
            this.originals = originals;
            this.earlier = earlier;
        }

        @Override
        public int order() {
            return 10;
        }

        @Override
        public Column column() {
            return Column.LEFT;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return task.rootProcessKey().equals(ComplaintProcess.KEY)
                    && rows.find(task.caseCode())
                            .filter(complaint -> complaint.isFor(task.viewer()))
                            .isPresent();
        }

        @Override
        public String fragment() {
            return "complaint/panel :: complaint";
        }

        @Override
        public Map<String, ?> model(TaskContext task, Viewer viewer) {
            Petition petition = petitions.byNumber(task.caseCode());
            Petitioner person = petitions.petitioner(petition.petitioner());
            List<String> ways = Stream.of(person.email(), person.address())
                    .filter(way -> !way.isBlank())
                    .toList();
            Complaint complaint = rows.find(petition.number()).orElseThrow();
            return Map.of(
                    "complaintPath", complaint.path(),
                    "complaintKind", "complaint.kind." + petition.kind().code(),
                    "complaintPerson", person.name(),
                    "complaintPhone", person.phone(),
                    "complaintWays", String.join(" · ", ways),
                    "complaintMotive", petition.motive(),
                    "complaintAnswer", TOLD.contains(task.element()) ? told(complaint) : "",
                    "complaintAppeal", appeal(task, complaint),
                    "complaintBefore", before(complaint, viewer),
                    "complaintOriginals", originals.of(petition.number()).size());
        }

        /** Against what the person appeals: whoever answers must know what was said before. None or one; none that is hidden. */
        private List<Before> before(Complaint complaint, Viewer viewer) {
            return Optional.ofNullable(complaint.links().appealOf()).flatMap(rows::find).stream()
                    .filter(answered -> answered.isFor(viewer))
                    .map(answered -> new Before(
                            answered.number(),
                            answered.path(),
                            petitions.byNumber(answered.number()).motive(),
                            told(answered)))
                    .toList();
        }

        /** Message key of what holds for whoever answers an appeal; empty elsewhere. */
        private String appeal(TaskContext task, Complaint complaint) {
            Set<Role> team = EarlierHands.TASKS.get(task.element().equals("route") ? "prepare" : task.element());
            if (complaint.links().appealOf() == null || team == null) {
                return "";
            }
            return earlier.isLeftToThem(complaint.number(), complaint.project(), team)
                    ? "complaint.appeal.nobody-else"
                    : "complaint.appeal.somebody-else";
        }

        private static String told(Complaint complaint) {
            return Objects.requireNonNullElse(complaint.answer(), "");
        }
    }
}
