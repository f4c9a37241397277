package org.ancora.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import javax.sql.DataSource;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@AncoraTest
class HalfMadeDemoTest {

    private final HalfMadeDemo demo = new HalfMadeDemo();

    @Autowired
    private Flyway product;

    private Flyway flyway;
    private JdbcClient jdbc;

    @BeforeEach
    void aDatabaseOfItsOwn() {
        String name = "half_" + UUID.randomUUID().toString().replace("-", "");
        String url = TestDatabase.fresh(name);
        DataSource database = new DriverManagerDataSource(
                url + (url.contains("?") ? "&" : "?") + "currentSchema=public,engine", "postgres", "ancora");
        flyway = Flyway.configure()
                .configuration(product.getConfiguration())
                .dataSource(database)
                .load();
        jdbc = JdbcClient.create(database);
        migrate();
        jdbc.sql("insert into demo_state (clock_at) values (now())").update();
    }

    @Test
    void beginsAnewWhenItsFirstStartWasInterrupted() {
        aNetwork();

        migrate();

        assertThat(networks()).isZero();
        assertThat(flyway.info().pending()).isEmpty();
    }

    @Test
    void keepsWhatVisitorsMade() {
        aNetwork();
        jdbc.sql("update demo_state set seeded = true").update();

        migrate();

        assertThat(networks()).isOne();
    }

    @Test
    void neverEmptiesADatabaseThatIsNoDemo() {
        aNetwork();
        jdbc.sql("delete from demo_state").update();

        migrate();

        assertThat(networks()).isOne();
    }

    private void migrate() {
        demo.prepare(flyway);
        flyway.migrate();
    }

    private void aNetwork() {
        jdbc.sql("insert into network (name) values ('York')").update();
    }

    private long networks() {
        return jdbc.sql("select count(*) from network").query(Long.class).single();
    }
}
