package org.ancora.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records that one person must not see, whatever their roles: a complaint about themselves (J-R12). A wall is read with the
 * viewer on every request, so it holds from the next click on, for supervisors and administrators as for everybody.
 */
@Service
public class Walls {

    private final JdbcClient jdbc;

    Walls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Raises a wall in the caller's transaction; one that stands already stays.
     *
     * @param person who must not see it
     * @param code what stands where case codes stand: a case code or a registration number
     */
    @Transactional
    public void raise(UserId person, String code) {
        jdbc.sql("insert into wall (account_id, code) values (:person, :code) on conflict do nothing")
                .param("person", person.value())
                .param("code", code)
                .update();
    }

    /** Takes a wall away: somebody was named by mistake. */
    @Transactional
    public void takeDown(UserId person, String code) {
        jdbc.sql("delete from wall where account_id = :person and code = :code")
                .param("person", person.value())
                .param("code", code)
                .update();
    }

    /** Everybody who must not see it. */
    @Transactional(readOnly = true)
    public Set<UserId> around(String code) {
        return around(List.of(code)).getOrDefault(code, Set.of());
    }

    /** Everybody who must not see each of these, by its code, in one statement; no entry for what everybody may see. */
    @Transactional(readOnly = true)
    public Map<String, Set<UserId>> around(Collection<String> codes) {
        Map<String, Set<UserId>> people = new HashMap<>();
        jdbc.sql("select code, account_id from wall where code = any(:codes)")
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    people.computeIfAbsent(row.getString("code"), code -> new HashSet<>())
                            .add(new UserId(row.getLong("account_id")));
                });
        return people;
    }

    /** Whether this person must not see it. */
    @Transactional(readOnly = true)
    public boolean stands(UserId person, String code) {
        return jdbc.sql("select exists (select 1 from wall where account_id = :person and code = :code)")
                .param("person", person.value())
                .param("code", code)
                .query(Boolean.class)
                .single();
    }
}
