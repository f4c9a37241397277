package org.ancora.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of projects as administrators look after them (C142): who is there with which roles, inviting, ending access.
 *
 * <p>Nobody takes their own administration away, and no project is left without an administrator. What a person did and what
 * is assigned to them stays theirs until somebody gives it to another.
 */
@Service
@Transactional
public class Staff {

    private static final long LOCK = 0x7374616666L;

    private static final int SHOWN_AT_MOST = 200;

    private static final String PEOPLE = """
            select a.id, a.name, a.sign_in_name, a.email, a.active, a.password_hash is not null as ready,
                   array(select m.role from membership m
                          where m.account_id = a.id and m.project_id = :project order by m.role) as roles
              from account a
            """;

    private final JdbcClient jdbc;
    private final Users users;
    private final SetUpLinks links;
    private final String baseUrl;

    Staff(
            JdbcClient jdbc,
            Users users,
            SetUpLinks links,
            @Value("${ancora.base-url:http://localhost:8080}") String baseUrl) {
        this.jdbc = jdbc;
        this.users = users;
        this.links = links;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    /**
     * Somebody and their roles in one project.
     *
     * @param active false once their account is shut
     * @param ready whether they have set a password
     */
    public record Person(
            UserId id,
            String name,
            String signInName,
            @Nullable String email,
            boolean active,
            boolean ready,
            Set<Role> roles) {}

    /** Why roles were not changed: it would have left nobody to change them back. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String key;

        Refused(String key) {
            super(key);
            this.key = key;
        }

        /** Key of the sentence that says why. */
        public String key() {
            return key;
        }
    }

    /** The people with a role in a project, by name; part of a name or address leaves only those that have it. */
    @Transactional(readOnly = true)
    public List<Person> of(ProjectId project, String part) {
        return people("""
                 where exists (select from membership m where m.account_id = a.id and m.project_id = :project)
                """, Map.of("project", project.value()), part);
    }

    /**
     * The people with a role in any of these projects, and those without any role at all, by name; their roles are left out.
     */
    @Transactional(readOnly = true)
    public List<Person> in(Collection<ProjectId> projects, String part) {
        return people("""
                 where (exists (select from membership m where m.account_id = a.id and m.project_id = any(:projects))
                        or not exists (select from membership m where m.account_id = a.id))
                """, Map.of("project", 0L, "projects", ids(projects)), part);
    }

    /** A person with their roles in a project, be it none. */
    @Transactional(readOnly = true)
    public Optional<Person> find(UserId id, ProjectId project) {
        return jdbc.sql(PEOPLE + " where a.id = :id")
                .param("id", id.value())
                .param("project", project.value())
                .query(Staff::person)
                .optional();
    }

    /** The projects in which these people have which roles, in one statement. */
    @Transactional(readOnly = true)
    public Map<UserId, Map<ProjectId, Set<Role>>> roles(Collection<UserId> people) {
        Map<UserId, Map<ProjectId, Set<Role>>> roles = new HashMap<>();
        jdbc.sql(
                        "select account_id, project_id, role from membership where account_id = any(:ids) and project_id is not null")
                .param("ids", people.stream().map(UserId::value).toArray(Long[]::new))
                .query(row -> {
                    roles.computeIfAbsent(new UserId(row.getLong("account_id")), any -> new HashMap<>())
                            .computeIfAbsent(
                                    new ProjectId(row.getLong("project_id")), any -> EnumSet.noneOf(Role.class))
                            .add(Role.of(row.getString("role")).orElseThrow());
                });
        return roles;
    }

    /** Whether every project in which this person has a role is among these: only then may their account be shut by them. */
    @Transactional(readOnly = true)
    public boolean isWithin(UserId id, Collection<ProjectId> projects) {
        return jdbc.sql("""
                        select not exists (select from membership m where m.account_id = :id
                                              and (m.project_id is null or m.project_id <> all(:projects)))
                        """)
                .param("id", id.value())
                .param("projects", ids(projects))
                .query(Boolean.class)
                .single();
    }

    /**
     * Gives a person exactly these roles in a project; without any their access to it ends with their next click.
     *
     * @throws Refused when they would take their own administration, or nobody would be left to administer the project
     */
    public void setRoles(UserId id, ProjectId project, Set<Role> roles, UserId by) {
        lock();
        Set<Role> before = find(id, project).map(Person::roles).orElse(Set.of());
        if (before.contains(Role.ADMIN) && !roles.contains(Role.ADMIN)) {
            if (id.equals(by)) {
                throw new Refused("admin.people.own");
            }
            requireAnother(id, project);
        }
        for (Role role : roles) {
            users.grant(id, project, role, by);
        }
        for (Role role : before) {
            if (!roles.contains(role)) {
                users.revoke(id, project, role, by);
            }
        }
    }

    /**
     * Makes an account, or finds the one with this address, and gives it roles in a project. Whoever has the link has the
     * account: one that has roles beyond the administrator's own projects gets it from those who gave it those.
     *
     * @param managed the projects whose people the administrator looks after
     * @return the account's new one-time link; nothing for one that has a password, or roles elsewhere
     */
    public Optional<String> invite(
            String name,
            String email,
            @Nullable Locale locale,
            ProjectId project,
            Set<Role> roles,
            Collection<ProjectId> managed,
            UserId by) {
        lock();
        Optional<User> known = users.bySignInName(email);
        UserId id =
                known.map(User::id).orElseGet(() -> users.create(new NewUser(email, name, email, locale, null), by));
        roles.forEach(role -> users.grant(id, project, role, by));
        return users.hasPassword(id) || !isWithin(id, managed) ? Optional.empty() : Optional.of(link(id, by));
    }

    /** A new one-time link by which this person sets a password; earlier ones stop working. It is known only now. */
    public String link(UserId id, UserId by) {
        String link = baseUrl + "/set-up/" + links.issue(id);
        users.linkIssued(id, by);
        return link;
    }

    /**
     * Shuts an account: no sign-in, and every session ends. Roles stay, for when it is opened again.
     *
     * @throws Refused for one's own account, and for a project's only administrator
     */
    public void shut(UserId id, UserId by) {
        lock();
        if (id.equals(by)) {
            throw new Refused("admin.people.own");
        }
        for (Membership membership : users.memberships(id)) {
            if (membership.role() == Role.ADMIN) {
                requireAnother(id, membership.project());
            }
        }
        users.disable(id, by);
    }

    private void requireAnother(UserId id, @Nullable ProjectId project) {
        boolean another = jdbc.sql("""
                        select exists (select from membership m join account a on a.id = m.account_id
                                        where m.role = 'admin' and a.active and a.id <> :id
                                          and (m.project_id is null or m.project_id = :project))
                        """)
                .param("id", id.value())
                .param("project", project == null ? null : project.value())
                .query(Boolean.class)
                .single();
        if (!another) {
            throw new Refused("admin.people.last");
        }
    }

    /** Two administrators who take each other's role at once: the second finds what the first did. */
    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, number) -> number)
                .list();
    }

    private List<Person> people(String where, Map<String, Object> params, String part) {
        return jdbc.sql(PEOPLE + where + """
                         and (:part = '' or strpos(lower(a.name), :part) > 0 or strpos(a.sign_in_name, :part) > 0
                              or strpos(coalesce(a.email, ''), :part) > 0)
                         order by a.active desc, lower(a.name), a.id limit :most
                        """)
                .params(params)
                .param("part", Users.folded(part))
                .param("most", SHOWN_AT_MOST)
                .query(Staff::person)
                .list();
    }

    private static Long[] ids(Collection<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : (String[]) row.getArray("roles").getArray()) {
            Role.of(role).ifPresent(roles::add);
        }
        return new Person(
                new UserId(row.getLong("id")),
                row.getString("name"),
                row.getString("sign_in_name"),
                row.getString("email"),
                row.getBoolean("active"),
                row.getBoolean("ready"),
                roles);
    }
}
