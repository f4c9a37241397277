package org.ancora.process.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.ancora.process.guide.Table.Column;
import org.ancora.process.guide.Table.Row;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table policy = new Table(
            "policy",
            "Policy",
            "",
            true,
            List.of(new Column("i1", "project", "Project"), new Column("i2", "track", "Track")),
            List.of(new Column("o1", "days", "Days")),
            List.of(
                    row("york", "\"york\"", "\"entry\"", "9"),
                    row("entry", "", "\"entry\"", "5"),
                    row("existing", "", "\"existing\", \"returning\"", "1"),
                    row("late", "", "not(\"entry\")", "7"),
                    row("rest", "", "", "3"),
                    row("never", "", "", "4")));

    @Test
    void leavesOutRowsThatAskForSomethingElseAndThoseBelowOneThatAlwaysFits() {
        assertThat(policy.rowsFor(Map.of("track", "entry"))).extracting(Row::id).containsExactly("york", "entry");
        assertThat(policy.rowsFor(Map.of("track", "returning")))
                .extracting(Row::id)
                .containsExactly("existing");
        assertThat(policy.rowsFor(Map.of()))
                .extracting(Row::id)
                .containsExactly("york", "entry", "existing", "late", "rest");
    }

    /** What this reading does not understand stays in, so that nothing is hidden that may hold. */
    @Test
    void keepsWhatItCannotJudge() {
        assertThat(policy.rowsFor(Map.of("track", "other"))).extracting(Row::id).containsExactly("late", "rest");
    }

    @Test
    void everyRowCountsWhereMoreThanOneMayAnswer() {
        Table collecting = new Table("c", "C", "", false, policy.inputs(), policy.outputs(), policy.rows());

        assertThat(collecting.rowsFor(Map.of("track", "entry")))
                .extracting(Row::id)
                .containsExactly("york", "entry", "late", "rest", "never");
    }

    private static Row row(String id, String project, String track, String days) {
        return new Row(id, "", List.of(project, track), List.of(days));
    }
}
