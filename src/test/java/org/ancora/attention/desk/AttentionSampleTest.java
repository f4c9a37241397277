package org.ancora.attention.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A real visit or call as the sample of a rehearsal: what chooses its way, not who came. */
@AncoraTest
class AttentionSampleTest {

    @Autowired
    private DeskWalk walks;

    @Autowired
    private AttentionSample samples;

    @Test
    void takesTheWayOfTheRealOneAndNobodyAlong() {
        DeskWalk.Team lima = walks.inPeru();
        String visit = lima.visitor(true, false, List.of()).code();
        String call = lima.caller().code();
        Viewer susan = walks.fixtures.viewer(lima.supervisor());

        Sample visited = samples.of(visit, susan);

        assertThat(visited.process()).isEqualTo("attention-in-person");
        assertThat(visited.project()).isEqualTo(lima.project().id());
        assertThat(visited.began()).isEqualTo(walks.attendances.byCode(visit).beganAt());
        assertThat(visited.facts()).containsOnly(Map.entry("authority", "yes"), Map.entry("emergency", "no"));
        assertThat(samples.of(call, susan).process()).isEqualTo("attention-by-phone");
        assertThat(walks.jdbc
                        .sql("select case_code from read_access where how = 'rehearsal' order by id")
                        .query(String.class)
                        .list())
                .containsExactly(visit, call);
    }

    @Test
    void isHiddenFromWhoeverReadsNoPetitions() {
        DeskWalk.Team lima = walks.inPeru();
        String visit = lima.visitor().code();
        Viewer olga = walks.fixtures.viewer(walks.fixtures.aPerson("Olga Owner", lima.project(), Role.OWNER));

        assertThatThrownBy(() -> samples.of(visit, olga)).isInstanceOf(Hidden.class);
    }
}
