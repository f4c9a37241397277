package org.ancora.process.rehearsal;

/**
 * What a diagram gives one of its steps, such as the table that it asks; put into words when it is shown.
 *
 * @param step name of the step
 * @param input name of the input
 * @param value as the diagram gives it: mostly a code
 * @param decision the table that the same step asks, or empty
 */
record Given(String step, String input, String value, String decision) {}
