package org.ancora.process.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.RowDoubt;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;

/**
 * What diagrams may refer to: everything our code declares.
 *
 * @param steps by name
 * @param taskSteps by name
 * @param handledForms by form that some task handler understands: the fields it reads
 * @param doubts what is doubtful in rows of decision tables
 * @param labels the message keys
 */
record Catalogue(
        Map<String, Step> steps,
        Map<String, TaskStep> taskSteps,
        Set<DeclaredVariables> variables,
        Set<DeclaredMessages> messages,
        Map<String, Set<String>> handledForms,
        Set<RowDoubt> doubts,
        Labels labels) {

    /** The same with the words that a folder's owner gave. */
    Catalogue with(ProcessFolder folder) {
        Map<String, Map<String, String>> own = OwnLabels.of(folder.files());
        return own.isEmpty()
                ? this
                : new Catalogue(steps, taskSteps, variables, messages, handledForms, doubts, labels.with(own));
    }

    /** The variables of a folder, with those that every procedure has. */
    Map<String, ProcessVariable.Kind> variablesOf(String folder) {
        Map<String, ProcessVariable.Kind> kinds = new HashMap<>();
        kinds.put(Processes.PROJECT_ID.name(), Processes.PROJECT_ID.kind());
        kinds.put(Processes.WORKER.name(), Processes.WORKER.kind());
        variables.stream()
                .filter(declared -> declared.folder().equals(folder))
                .flatMap(declared -> declared.variables().stream())
                .forEach(variable -> kinds.put(variable.name(), variable.kind()));
        return kinds;
    }

    Set<String> messagesOf(String folder) {
        Set<String> names = new HashSet<>();
        messages.stream()
                .filter(declared -> declared.folder().equals(folder))
                .forEach(declared -> names.addAll(declared.names()));
        return names;
    }
}
