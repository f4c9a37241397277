package org.ancora.process.task;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;

/**
 * What a submitted form means in its module: it prepares what the form shows, checks what the form cannot check by
 * itself, writes its own rows and says which process variables follow. One bean per form id.
 *
 * <p>When {@link #complete} runs, the answers have already been checked against the deployed form: required values are
 * there, options are among those offered, hidden and read-only fields carry nothing from the browser. It runs in the
 * transaction that also moves the procedure on, so throwing anything undoes everything.
 */
public interface TaskHandler {

    /** The id of the form that this handler understands, such as {@code contact-round}. */
    String form();

    /**
     * The keys of the form that this handler reads. Any other field is one that a process owner added: it is checked
     * like the rest, kept with the case as it was answered, and never reaches {@link #complete}.
     */
    Set<String> fields();

    /**
     * What the form shows before anybody types: first values by field key, read-only context for its texts and
     * conditions, and the options of each field with a {@code valuesKey} as a list of {@link Choice}s. Called again
     * before the answers are checked, so it must not write anything.
     */
    default Map<String, ?> prepare(TaskContext task) {
        return Map.of();
    }

    /**
     * Writes what the answers mean and returns the variables by which the procedure goes on.
     *
     * @throws AnswersRejected when the domain refuses an answer; shown beside the field, nothing is kept but the draft
     */
    Variables complete(TaskContext task, Answers answers) throws AnswersRejected;

    /**
     * Where the person goes on who has finished the task, unless another task about the same waits for them; empty for the
     * list of tasks. Asked after {@link #complete}, in the same transaction.
     */
    default Optional<String> then(TaskContext task) {
        return Optional.empty();
    }

    /**
     * What the form shows in a rehearsal: like {@link #prepare}, but from nothing except what the rehearsal holds. Lists of
     * options that are not given here get a stand-in.
     */
    default Map<String, ?> rehearsePreparation(Rehearsed task) {
        return Map.of();
    }

    /**
     * What the answers mean in a rehearsal: like {@link #complete}, but nothing is written. Empty when each answer sets the
     * variable that has the name of its field.
     *
     * @throws AnswersRejected when the domain refuses an answer
     */
    default Optional<Variables> rehearse(Rehearsed task, Answers answers) throws AnswersRejected {
        return Optional.empty();
    }

    /**
     * What the task's name takes as arguments, such as the number of the round; numbers and codes only, since they are
     * kept beside the task. Asked once, when the task is created.
     */
    default Object[] titleArguments(TaskContext task) {
        return new Object[0];
    }
}
