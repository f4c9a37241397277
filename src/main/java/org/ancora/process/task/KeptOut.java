package org.ancora.process.task;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;

/**
 * Which people must not have a task, though they are of its team and may see it. Asked before a task is offered, taken, given
 * to somebody or finished. A module that keeps nobody out publishes no such bean.
 */
public interface KeptOut {

    /**
     * A task of which it is asked.
     *
     * @param task the task's id
     * @param process the procedure to which it belongs, such as {@code complaint}
     * @param element its element in the diagram, such as {@code prepare}
     * @param caseCode what it is about
     * @param team the roles of which somebody must have one to be given it
     */
    record Asked(String task, String process, String element, String caseCode, ProjectId project, Set<Role> team) {}

    /** Those who must not have it, by the id of each task that keeps somebody out; in few statements however many are asked. */
    Map<String, Set<UserId>> from(Collection<Asked> tasks);

    /** Message key of one or two sentences that say to such a person why. */
    String reason();
}
