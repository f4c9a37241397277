package org.ancora.casework;

/**
 * A procedure whose tasks the log of a case does not name, because their very titles tell what only a few may know; its module
 * declares it as a bean.
 *
 * @param process the key of its diagram
 */
public record UntoldTasks(String process) {}
