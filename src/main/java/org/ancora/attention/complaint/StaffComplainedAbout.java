package org.ancora.attention.complaint;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitions;
import org.ancora.audit.Audited;
import org.ancora.process.task.Choice;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which member of staff a petition complains about: named when it is registered or when it is routed (J-R12). */
@Component
class StaffComplainedAbout {

    private final Users users;
    private final Petitions petitions;
    private final ComplaintRows rows;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    StaffComplainedAbout(
            Users users, Petitions petitions, ComplaintRows rows, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.users = users;
        this.petitions = petitions;
        this.rows = rows;
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Everybody who works in the project, by name. */
    List<User> staff(ProjectId project) {
        Map<UserId, User> everybody = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            users.withRole(project, role).forEach(user -> everybody.putIfAbsent(user.id(), user));
        }
        return everybody.values().stream()
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    List<Choice> choices(ProjectId project) {
        return staff(project).stream()
                .map(user -> new Choice(user.id().toString(), user.name()))
                .toList();
    }

    /**
     * Keeps who is complained about, and raises the wall around it and all that was merged with it or appealed against it. Naming somebody else instead lets whoever was named by mistake see it
     * again; naming nobody changes nothing, since a field that was left empty must not open what was closed.
     */
    void name(Complaint complaint, @Nullable UserId person, Viewer by) {
        // Whoever merges it at this moment waits, and finds the wall; or has merged it, and what says the same is found
        // here.
        rows.hold(complaint.number());
        Petition petition = petitions.byNumber(complaint.number());
        UserId before = petition.about();
        if (person == null || person.equals(before)) {
            return;
        }
        List<Petition> connected = rows.connected(complaint.number()).stream()
                .map(petitions::byNumber)
                .toList();
        if (before != null
                && connected.stream()
                        .noneMatch(each -> !each.number().equals(petition.number()) && before.equals(each.about()))) {
            connected.forEach(each -> petitions.show(each, before));
        }
        connected.forEach(each -> petitions.hide(each, person));
        jdbc.sql("update petition set about = :about where number = :number")
                .param("about", person.value())
                .param("number", complaint.number())
                .update();
        events.publishEvent(Audited.ofCase("complaint.person-named", complaint.project(), complaint.number(), by.id()));
    }

    /** The one member of staff whose whole name stands in a text that somebody from outside wrote. */
    Optional<UserId> namedIn(String text, ProjectId project) {
        Set<String> words = words(text);
        List<User> named = staff(project).stream()
                .filter(user -> words(user.name()).size() > 1 && words.containsAll(words(user.name())))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0).id()) : Optional.empty();
    }

    private static Set<String> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return Set.copyOf(Arrays.asList(plain.split("[^\\p{L}]+")));
    }
}
