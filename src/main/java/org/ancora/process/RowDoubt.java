package org.ancora.process;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a module finds doubtful in single rows of a decision table of its own. The table may run all the same; its owner reads a
 * warning about the row: {@code model.<rule>} with the table, the number of the row, and what the doubt names. One bean each.
 *
 * @param decision id of the table
 * @param rule code of the rule
 * @param about what a row gives as written in its cells, by the names of the outputs, to the codes and numbers that the sentence
 *     names; empty where nothing is doubtful
 */
public record RowDoubt(String decision, String rule, Function<Map<String, String>, List<String>> about) {}
