package org.ancora.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@AncoraTest
class AppendOnlyTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    private static final Audited CHANGE =
            new Audited("case.closed", null, "YRK-2026-0001", "case", "1", null, Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update activity set action = 'x'",
                "delete from activity",
                "truncate activity",
                "update read_access set how = 'x'",
                "delete from read_access",
                "truncate read_access"
            })
    void refusesToRewriteWhatWasLogged(String rewriting) {
        transactions.executeWithoutResult(transaction -> events.publishEvent(CHANGE));

        assertThatThrownBy(() -> jdbc.sql(rewriting).update()).hasStackTraceContaining("append-only");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfAChangeThatWasRolledBack() {
        transactions.executeWithoutResult(transaction -> {
            events.publishEvent(CHANGE);
            transaction.setRollbackOnly();
        });

        assertThat(entries()).isZero();
    }

    @Test
    void refusesAChangeOutsideATransaction() {
        assertThatThrownBy(() -> events.publishEvent(CHANGE)).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void refusesFreeText() {
        assertThatThrownBy(() -> CHANGE.with("note", "He said that ".repeat(20)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private long entries() {
        return jdbc.sql("select count(*) from activity").query(Long.class).single();
    }
}
