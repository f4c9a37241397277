package org.ancora.correspondence;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.NoticeChoice;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Walls;
import org.ancora.network.Projects;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells members of staff: on the bell of every page at once, and by e-mail at once when it is urgent or they chose so,
 * else in one digest on the next business morning. Nobody is told the same thing twice.
 */
@Service
public class Notices {

    private final NoticeBoard board;
    private final NoticeMail mail;
    private final Users users;
    private final Walls walls;
    private final Projects projects;
    private final Processes processes;
    private final Clock clock;

    Notices(
            NoticeBoard board,
            NoticeMail mail,
            Users users,
            Walls walls,
            Projects projects,
            Processes processes,
            Clock clock) {
        this.board = board;
        this.mail = mail;
        this.users = users;
        this.walls = walls;
        this.projects = projects;
        this.processes = processes;
        this.clock = clock;
    }

    /** Tells these people, in the caller's transaction. People who have left, and Ancora itself, are passed over. */
    @Transactional
    public void tell(Collection<UserId> people, NewNotice notice) {
        Set<UserId> walled = walled(notice);
        new LinkedHashSet<>(people).forEach(person -> users.find(person)
                .filter(User::active)
                .filter(user -> !walled.contains(user.id()))
                .ifPresent(user -> tell(user, notice)));
    }

    /** Tells one person. */
    @Transactional
    public void tell(UserId person, NewNotice notice) {
        tell(List.of(person), notice);
    }

    /** Tells everybody who holds this role in the notice's project. */
    @Transactional
    public void tell(Role role, NewNotice notice) {
        Set<UserId> walled = walled(notice);
        users.withRole(notice.projectId(), role).stream()
                .filter(user -> !walled.contains(user.id()))
                .forEach(user -> tell(user, notice));
    }

    private Set<UserId> walled(NewNotice notice) {
        String code = notice.caseCode();
        return code == null ? Set.of() : walls.around(code);
    }

    private void tell(User user, NewNotice told) {
        board.pin(user.id(), told).filter(notice -> user.email() != null).ifPresent(notice -> {
            if (notice.urgent() || user.notices() == NoticeChoice.AT_ONCE) {
                mail.sendAtOnce(user, notice);
            } else {
                awaitDigest(user.id(), notice.projectId());
            }
        });
    }

    private void awaitDigest(UserId reader, ProjectId project) {
        var due = projects.calendar(project).nextBusinessDay(clock.instant());
        if (board.beginDigest(reader, due)) {
            processes.start(
                    CorrespondenceProcess.DIGEST,
                    "notices-" + reader,
                    project,
                    Variables.of(CorrespondenceProcess.READER, reader).and(CorrespondenceProcess.DIGEST_AT, due));
        }
    }
}
