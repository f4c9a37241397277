package org.ancora.process;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a module finds doubtful in single rows of a decision table of its own. The table may run all the same; its owner reads a
 * warning about the row: {@code model.<rule>} with the table, the number of the row, and what the doubt names. One bean each.
 *
 * @param decision id of the table
 * @param rule code of the rule
 * @param look taken once for a whole table
 */
public record RowDoubt(String decision, String rule, Supplier<? extends Look> look) {

    /** Looks at rows. One look equals another while both say the same of every row, so that what was found may be kept. */
    @FunctionalInterface
    public interface Look {

        /**
         * What is doubtful in a row.
         *
         * @param row what it gives as written in its cells, by the names of the outputs
         * @return the codes and numbers that the sentence names; empty where nothing is doubtful
         */
        List<String> at(Map<String, String> row);
    }

    /** A doubt that depends on nothing but the row. */
    public static RowDoubt of(String decision, String rule, Look look) {
        return new RowDoubt(decision, rule, () -> look);
    }
}
