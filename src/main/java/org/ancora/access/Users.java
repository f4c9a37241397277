package org.ancora.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The people who can sign in, and their roles. Changes are told to the activity log as {@link AccessChanged}. */
@Service
@Transactional
public class Users {

    private static final String COLUMNS =
            "a.id, a.sign_in_name, a.name, a.email, a.locale, a.theme, a.notices, a.active";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PasswordEncoder encoder;
    private final ApplicationEventPublisher events;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    Users(
            JdbcClient jdbc,
            Clock clock,
            PasswordEncoder encoder,
            ApplicationEventPublisher events,
            FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.encoder = encoder;
        this.events = events;
        this.sessions = sessions;
    }

    /** A person by id, active or not. */
    @Transactional(readOnly = true)
    public Optional<User> find(UserId id) {
        return jdbc.sql("select " + COLUMNS + " from account a where a.id = :id")
                .param("id", id.value())
                .query(Users::user)
                .optional();
    }

    /** A person by what they type on the sign-in page, or by e-mail address; case does not matter. */
    @Transactional(readOnly = true)
    public Optional<User> bySignInName(String nameOrEmail) {
        return jdbc.sql("select " + COLUMNS + " from account a where a.sign_in_name = :name or a.email = :name"
                        + " order by a.sign_in_name = :name desc limit 1")
                .param("name", folded(nameOrEmail))
                .query(Users::user)
                .optional();
    }

    /** Names for lists, in one statement; ids without an account ({@link UserId#SYSTEM}) are left out. */
    @Transactional(readOnly = true)
    public Map<UserId, String> names(Collection<UserId> ids) {
        return OncePerPage.read(
                "access.names " + new TreeSet<>(ids.stream().map(UserId::value).toList()), () -> select(ids));
    }

    private Map<UserId, String> select(Collection<UserId> ids) {
        Map<UserId, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, name from account where id = any(:ids)")
                    .param("ids", ids.stream().map(UserId::value).distinct().toArray(Long[]::new))
                    .query(row -> {
                        names.put(new UserId(row.getLong("id")), row.getString("name"));
                    });
        }
        return names;
    }

    /** The active people who hold a role in a project, by name. */
    @Transactional(readOnly = true)
    public List<User> withRole(ProjectId project, Role role) {
        return jdbc.sql("select " + COLUMNS + """
                         from account a join membership m on m.account_id = a.id
                        where m.project_id = :project and m.role = :role and a.active
                        order by a.name, a.id
                        """)
                .param("project", project.value())
                .param("role", role.code())
                .query(Users::user)
                .list();
    }

    /** Whom to ask for a role in this project: its administrators, else those of the whole installation. */
    @Transactional(readOnly = true)
    public List<User> administrators(@Nullable ProjectId project) {
        List<User> here = project == null ? List.of() : withRole(project, Role.ADMIN);
        return !here.isEmpty()
                ? here
                : jdbc.sql("select " + COLUMNS + """
                                 from account a join membership m on m.account_id = a.id
                                where m.project_id is null and m.role = 'admin' and a.active
                                order by a.name, a.id
                                """).query(Users::user).list();
    }

    /**
     * Whom to ask in each of these projects, in one statement: its administrators, else those of the whole installation.
     *
     * @return an entry for every project, in the order of their names
     */
    @Transactional(readOnly = true)
    public Map<ProjectId, List<User>> administratorsOf(Collection<ProjectId> projects) {
        Map<Long, List<User>> found = new HashMap<>();
        jdbc.sql("select coalesce(m.project_id, 0) as project, " + COLUMNS + """
                         from account a join membership m on m.account_id = a.id
                        where m.role = 'admin' and a.active
                          and (m.project_id is null or m.project_id = any(:projects))
                        order by a.name, a.id
                        """)
                .param("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getLong("project"), any -> new ArrayList<>())
                            .add(user(row, 0));
                });
        List<User> anywhere = found.getOrDefault(0L, List.of());
        Map<ProjectId, List<User>> whom = new LinkedHashMap<>();
        projects.forEach(project -> whom.put(project, found.getOrDefault(project.value(), anywhere)));
        return whom;
    }

    /** The roles a person holds. */
    @Transactional(readOnly = true)
    public List<Membership> memberships(UserId id) {
        return jdbc.sql("select project_id, role from membership where account_id = :id order by project_id, role")
                .param("id", id.value())
                .query(Users::membership)
                .list();
    }

    /**
     * Creates an account without any role.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the sign-in name or the e-mail address is taken
     */
    public UserId create(NewUser user, UserId by) {
        String password = user.password();
        String email = user.email();
        Locale locale = user.locale();
        UserId id = new UserId(jdbc.sql("""
                        insert into account (sign_in_name, name, email, locale, password_hash, created_at)
                        values (:signInName, :name, :email, :locale, :hash, :now) returning id
                        """)
                .param("signInName", folded(user.signInName()))
                .param("name", user.name())
                .param("email", email == null ? null : folded(email))
                .param("locale", locale == null ? null : locale.getLanguage())
                .param("hash", password == null ? null : encoder.encode(password))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single());
        tell("access.user-created", id, by, null, Map.of());
        return id;
    }

    /**
     * Gives several accounts one password that everybody knows. It is hashed once, since forty slow hashes hold up the
     * start of a demo by seconds; accounts of real people get theirs one by one.
     */
    public void sharePassword(Collection<UserId> ids, String password) {
        jdbc.sql("update account set password_hash = :hash where id = any(:ids)")
                .param("hash", encoder.encode(password))
                .param("ids", ids.stream().map(UserId::value).toArray(Long[]::new))
                .update();
    }

    /** Gives a role in a project; giving it twice changes nothing. */
    public void grant(UserId id, ProjectId project, Role role, UserId by) {
        grantIn(id, project, role, by);
    }

    /** Makes somebody an administrator of every project, present and to come. */
    public void grantAdministrationOfEverything(UserId id, UserId by) {
        grantIn(id, null, Role.ADMIN, by);
    }

    /** Takes a role away; it is gone with the person's next request. */
    public void revoke(UserId id, ProjectId project, Role role, UserId by) {
        int rows = jdbc.sql("delete from membership where account_id = :id and project_id = :project and role = :role")
                .param("id", id.value())
                .param("project", project.value())
                .param("role", role.code())
                .update();
        if (rows > 0) {
            tell("access.role-revoked", id, by, project, Map.of("role", role.code()));
        }
    }

    /** Shuts somebody out at once, on every node: no further sign-in, and their sessions end. */
    public void disable(UserId id, UserId by) {
        if (set(id, "active = false", "active", true)) {
            endSessions(id);
            tell("access.user-disabled", id, by, null, Map.of());
        }
    }

    /** Lets somebody in again, with the roles they had. */
    public void enable(UserId id, UserId by) {
        if (set(id, "active = true", "active", false)) {
            tell("access.user-enabled", id, by, null, Map.of());
        }
    }

    /** Sets a password and ends the person's sessions; the caller has checked {@link PasswordRules}. */
    public void setPassword(UserId id, String password, UserId by) {
        jdbc.sql("update account set password_hash = :hash where id = :id")
                .param("hash", encoder.encode(password))
                .param("id", id.value())
                .update();
        endSessions(id);
        tell("access.password-set", id, by, null, Map.of());
    }

    /** Tells the log that somebody was given a new set-up link. */
    void linkIssued(UserId id, UserId by) {
        tell("access.link-issued", id, by, null, Map.of());
    }

    /** Whether this person can sign in by password. */
    @Transactional(readOnly = true)
    boolean hasPassword(UserId id) {
        return jdbc.sql("select password_hash is not null from account where id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    /** Keeps a person's language; null lets the browser decide. */
    public void chooseLocale(UserId id, @Nullable Locale locale) {
        jdbc.sql("update account set locale = :locale where id = :id")
                .param("locale", locale == null ? null : locale.getLanguage())
                .param("id", id.value())
                .update();
    }

    /** Keeps whether pages are light or dark. */
    public void chooseTheme(UserId id, Theme theme) {
        jdbc.sql("update account set theme = :theme where id = :id")
                .param("theme", theme.code())
                .param("id", id.value())
                .update();
    }

    /** Keeps how often notices are sent by e-mail. */
    public void chooseNotices(UserId id, NoticeChoice choice) {
        jdbc.sql("update account set notices = :notices where id = :id")
                .param("notices", choice.code())
                .param("id", id.value())
                .update();
    }

    private void grantIn(UserId id, @Nullable ProjectId project, Role role, UserId by) {
        int rows = jdbc.sql("""
                        insert into membership (account_id, project_id, role, created_at)
                        values (:id, :project, :role, :now) on conflict do nothing
                        """)
                .param("id", id.value())
                .param("project", project == null ? null : project.value())
                .param("role", role.code())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (rows > 0) {
            tell("access.role-granted", id, by, project, Map.of("role", role.code()));
        }
    }

    private boolean set(UserId id, String assignment, String column, boolean before) {
        return jdbc.sql("update account set " + assignment + " where id = :id and " + column + " = :before")
                        .param("id", id.value())
                        .param("before", before)
                        .update()
                > 0;
    }

    private void endSessions(UserId id) {
        new ArrayList<>(sessions.findByPrincipalName(id.toString()).keySet()).forEach(sessions::deleteById);
    }

    private void tell(String action, UserId whom, UserId by, @Nullable ProjectId project, Map<String, String> details) {
        events.publishEvent(new AccessChanged(action, whom, by, project, details));
    }

    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    static User user(ResultSet row, int index) throws SQLException {
        String locale = row.getString("locale");
        return new User(
                new UserId(row.getLong("id")),
                row.getString("sign_in_name"),
                row.getString("name"),
                row.getString("email"),
                locale == null ? null : Locale.forLanguageTag(locale),
                Theme.valueOf(row.getString("theme").toUpperCase(Locale.ROOT)),
                NoticeChoice.valueOf(
                        row.getString("notices").toUpperCase(Locale.ROOT).replace('-', '_')),
                row.getBoolean("active"));
    }

    static Membership membership(ResultSet row, int index) throws SQLException {
        long project = row.getLong("project_id");
        return new Membership(
                row.wasNull() ? null : new ProjectId(project),
                Role.of(row.getString("role")).orElseThrow());
    }
}
