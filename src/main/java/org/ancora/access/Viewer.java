package org.ancora.access;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.util.function.SingletonSupplier;

/**
 * The person a page or an action is for, with what they may do as it stands now: roles are read again on every request,
 * so a role taken away is gone with the next click. Controller methods take one as an argument.
 */
public final class Viewer {

    private static final Viewer SYSTEM = new Viewer(
            UserId.SYSTEM,
            "Ancora",
            Locale.ENGLISH,
            Theme.AUTO,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Set.of(),
            true);

    private final UserId id;
    private final String name;
    private final @Nullable Locale chosenLocale;
    private final Theme theme;
    private final Map<ProjectId, Set<Role>> roles;
    private final Map<Permission, Set<ProjectId>> whole;
    private final Map<Permission, Supplier<Set<ProjectId>>> wider;
    private final Map<Permission, Set<ProjectId>> own;
    private final List<BrokenGlass> glasses;
    private final Set<String> walls;
    private final boolean everything;

    private Viewer(
            UserId id,
            String name,
            @Nullable Locale chosenLocale,
            Theme theme,
            Map<ProjectId, Set<Role>> roles,
            Map<Permission, Set<ProjectId>> whole,
            Map<Permission, Supplier<Set<ProjectId>>> wider,
            Map<Permission, Set<ProjectId>> own,
            List<BrokenGlass> glasses,
            Set<String> walls,
            boolean everything) {
        this.id = id;
        this.name = name;
        this.chosenLocale = chosenLocale;
        this.theme = theme;
        this.roles = roles;
        this.whole = whole;
        this.wider = wider;
        this.own = own;
        this.glasses = List.copyOf(glasses);
        this.walls = Set.copyOf(walls);
        this.everything = everything;
    }

    /** Ancora itself: for steps run by timers and jobs, never for a page. It may do everything. */
    public static Viewer system() {
        return SYSTEM;
    }

    static Viewer of(
            User user,
            Collection<Membership> memberships,
            ProjectTree tree,
            List<BrokenGlass> glasses,
            Set<String> walls) {
        Map<ProjectId, Set<Role>> roles = new HashMap<>();
        Map<Permission, Set<ProjectId>> whole = new EnumMap<>(Permission.class);
        Map<Permission, Set<ProjectId>> own = new EnumMap<>(Permission.class);
        Map<Permission, Map<ProjectId, Reach>> wide = new EnumMap<>(Permission.class);
        for (Membership membership : memberships) {
            ProjectId home = membership.project();
            Collection<ProjectId> homes = home == null ? tree.all() : Set.of(home);
            for (ProjectId project : homes) {
                roles.computeIfAbsent(project, any -> EnumSet.noneOf(Role.class))
                        .add(membership.role());
            }
            for (Permission permission : Permission.values()) {
                Reach reach = permission.reach(membership.role());
                if (reach != null) {
                    Map<Permission, Set<ProjectId>> into = reach == Reach.OWN ? own : whole;
                    into.computeIfAbsent(permission, any -> new LinkedHashSet<>())
                            .addAll(homes);
                    if (home != null && (reach == Reach.ORGANISATION || reach == Reach.NETWORK)) {
                        wide.computeIfAbsent(permission, any -> new HashMap<>()).merge(home, reach, Viewer::wider);
                    }
                }
            }
        }
        Map<Permission, Supplier<Set<ProjectId>>> wider = new EnumMap<>(Permission.class);
        wide.forEach((permission, homes) ->
                wider.put(permission, SingletonSupplier.of(() -> all(tree, whole.get(permission), homes))));
        return new Viewer(
                user.id(), user.name(), user.locale(), user.theme(), roles, whole, wider, own, glasses, walls, false);
    }

    private static Reach wider(Reach one, Reach other) {
        return one == Reach.NETWORK ? one : other;
    }

    private static Set<ProjectId> all(ProjectTree tree, @Nullable Set<ProjectId> homes, Map<ProjectId, Reach> wide) {
        Set<ProjectId> all = new LinkedHashSet<>(homes == null ? Set.of() : homes);
        wide.forEach((home, reach) ->
                all.addAll(reach == Reach.NETWORK ? tree.ofSameNetwork(home) : tree.ofSameOrganisation(home)));
        return all;
    }

    /** Whose eyes these are; {@link UserId#SYSTEM} for Ancora itself. */
    public UserId id() {
        return id;
    }

    /** The name shown to colleagues. */
    public String name() {
        return name;
    }

    /** Light, dark, or as the device has it. */
    public Theme theme() {
        return theme;
    }

    /** The language this person chose, or null when the browser or the project decides. */
    public @Nullable Locale chosenLocale() {
        return chosenLocale;
    }

    /** The language in force: the chosen one, else that of the running request. */
    public Locale locale() {
        return chosenLocale != null ? chosenLocale : LocaleContextHolder.getLocale();
    }

    /** Whether this is Ancora itself, who may see and do everything. */
    public boolean isSystem() {
        return everything;
    }

    /** Whether this permission covers every record of the project. */
    public boolean may(Permission permission, ProjectId project) {
        return everything
                || whole.getOrDefault(permission, Set.of()).contains(project)
                || projects(permission).contains(project);
    }

    /**
     * Whether this permission covers one record of the project.
     *
     * @param own whether the record is the viewer's own: assigned to them, shared with them, or a task of their team
     */
    public boolean may(Permission permission, ProjectId project, boolean own) {
        return may(permission, project)
                || (own && (ownProjects(permission).contains(project) || mayInEmergency(permission, project)));
    }

    /** Whoever opened a case in an emergency reads it as if it were their own, and changes nothing. */
    private boolean mayInEmergency(Permission permission, ProjectId project) {
        return Permission.IN_EMERGENCY.contains(permission)
                && glasses.stream().anyMatch(glass -> glass.project().equals(project));
    }

    /** The emergency access under which this person may read a case now. */
    public Optional<BrokenGlass> glass(String caseCode) {
        return glasses.stream()
                .filter(glass -> glass.caseCode().equals(caseCode))
                .findFirst();
    }

    /** Every emergency access of this person that is open now. */
    public List<BrokenGlass> glasses() {
        return glasses;
    }

    /** Whether this permission is carried anywhere, be it only for own records: enough to show a menu entry. */
    public boolean mayAnywhere(Permission permission) {
        return everything || whole.containsKey(permission) || own.containsKey(permission);
    }

    /**
     * Whether a wall stands between this person and a record, whatever their roles (J-R12).
     *
     * @param code a case code or registration number; null is no record
     */
    public boolean walledOff(@Nullable String code) {
        return code != null && walls.contains(code);
    }

    /** The codes of every record that this person must not see. */
    public Set<String> walls() {
        return walls;
    }

    /** Refuses with {@link Forbidden} unless the permission covers every record of the project. */
    public void require(Permission permission, ProjectId project) {
        require(permission, project, false);
    }

    /** Refuses with {@link Forbidden} unless the permission covers this record; see {@link #may(Permission, ProjectId, boolean)}. */
    public void require(Permission permission, ProjectId project, boolean own) {
        if (!may(permission, project, own)) {
            throw new Forbidden(permission, project);
        }
    }

    /**
     * The projects in which the permission covers every record. Empty for the system viewer: ask {@link #isSystem()}.
     * Which others belong to one's organisation or network is looked up the first time it matters: most pages never ask.
     */
    public Set<ProjectId> projects(Permission permission) {
        Supplier<Set<ProjectId>> all = wider.get(permission);
        return Collections.unmodifiableSet(all == null ? whole.getOrDefault(permission, Set.of()) : all.get());
    }

    /** The projects in which the permission covers the viewer's own records. */
    public Set<ProjectId> ownProjects(Permission permission) {
        return Collections.unmodifiableSet(own.getOrDefault(permission, Set.of()));
    }

    /** Every project in which this person has a role. */
    public Set<ProjectId> projects() {
        return Collections.unmodifiableSet(roles.keySet());
    }

    /** This person's roles in a project; empty when they have none there. */
    public Set<Role> roles(ProjectId project) {
        return Collections.unmodifiableSet(roles.getOrDefault(project, Set.of()));
    }

    /** Whether this person has a role in any project, for pages that belong to a kind of work. */
    public boolean hasRole(Role role) {
        return roles.values().stream().anyMatch((Predicate<Set<Role>>) held -> held.contains(role));
    }

    @Override
    public String toString() {
        return "viewer " + id;
    }
}
