package org.ancora.security;

import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.Role;

/**
 * One route of the product, what its request looks like and who may send it. A line of a module's table says it in one of
 * these words:
 *
 * <ul>
 *   <li>{@code ofCase(route, who, own…)} is about a case. Roles in {@code who} may do it to any case of their project,
 *       those in {@code own} only to their own. Others are refused with 403 where they may open the case, else with 404.
 *   <li>{@code partOfCase(route, who, own…)} is as well, but hidden from all others: 404, whatever else they may open.
 *   <li>{@code ofProject(route, who)} is about a project: others of the project are refused with 403.
 *   <li>{@code administration(route, also…)} is as well, and administrators of the whole network may.
 *   <li>{@code ofNetwork(route)} is for administrators of the network, and hidden from all others.
 *   <li>{@code lists(route, who)} answers everybody, but names the case's client to {@code who} alone.
 *   <li>{@code mine(route, who)} shows people their own things, and its address names no record; others are refused with 403.
 *   <li>{@code shownBy(test, route)} is about a record by rules which do not fit, and which a test of their own shows;
 *       {@code .ofNoRecord()} where neither its address nor its body names one.
 *   <li>{@code strangers(route)} is open to people who are not signed in.
 *   <li>{@code demo(route)} is only where the demo is.
 * </ul>
 *
 * @param name method and pattern as the controller has them, such as {@code POST /cases/{code}/flags}
 * @param scope what it is about
 * @param ofRecord whether nobody learns of what it is about who may not see it
 * @param who may send it
 * @param own who may where the case is their own
 * @param by who is shown to succeed
 * @param body parameters as in an address, or anything that begins with <code>{"</code>; placeholders as in the name
 * @param namesTheClient whether its answer names the household's client
 */
record Route(
        String name,
        Scope scope,
        boolean ofRecord,
        Set<Role> who,
        Set<Role> own,
        Role by,
        String body,
        boolean namesTheClient) {

    /** What a route is about. */
    enum Scope {
        CASE,
        PART_OF_CASE,
        PROJECT,
        ADMINISTRATION,
        NETWORK,
        LIST,
        MINE,
        ELSEWHERE,
        STRANGERS,
        DEMO
    }

    static final Set<Role> NOBODY = EnumSet.noneOf(Role.class);

    static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);

    /** Who opens cases: all of the project, or their own. */
    static final Set<Role> READERS =
            EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY);

    /** Who may at least open cases of their own. */
    static final Set<Role> LISTERS =
            EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY, UNIT, CONTRIBUTOR);

    /** Who works with a project's cases, and its administrator. */
    static final Set<Role> CASE_FOLK = EnumSet.of(
            CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY, UNIT, CONTRIBUTOR, ADMIN);

    /** Who reaches clients, and keeps how they are reached. */
    static final Set<Role> FRONT = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT);

    static final Set<Role> CARERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR);
    static final Set<Role> LEADERS = EnumSet.of(COORDINATOR, SUPERVISOR);
    static final Set<Role> SUPERVISORS = EnumSet.of(SUPERVISOR);
    static final Set<Role> LOG_EXPORTERS = EnumSet.of(PRIVACY);

    /** Who reads notes and care plans. */
    static final Set<Role> PLAN_READERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, PRIVACY);

    static final Set<Role> LETTER_READERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, PRIVACY);

    static final Set<Role> PRINTERS = EnumSet.of(CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION);

    static Route ofCase(String name, Set<Role> who, Role... own) {
        return new Route(name, Scope.CASE, true, who, setOf(own), oneOf(who, own), "", false);
    }

    static Route partOfCase(String name, Set<Role> who, Role... own) {
        return new Route(name, Scope.PART_OF_CASE, true, who, setOf(own), oneOf(who, own), "", false);
    }

    static Route ofProject(String name, Set<Role> who) {
        return new Route(name, Scope.PROJECT, true, who, who, oneOf(who), "", false);
    }

    static Route administration(String name, Role... also) {
        Set<Role> who = EnumSet.of(ADMIN, also);
        return new Route(name, Scope.ADMINISTRATION, true, who, who, ADMIN, "", false);
    }

    static Route ofNetwork(String name) {
        Set<Role> who = EnumSet.of(ADMIN);
        return new Route(name, Scope.NETWORK, true, who, who, ADMIN, "", false);
    }

    static Route lists(String name, Set<Role> who) {
        return new Route(name, Scope.LIST, false, who, who, oneOf(who), "", false);
    }

    static Route mine(String name, Set<Role> who) {
        return new Route(name, Scope.MINE, false, who, who, oneOf(who), "", false);
    }

    static Route shownBy(String test, String name) {
        assertThat(test).endsWith("Test");
        return new Route(name, Scope.ELSEWHERE, true, NOBODY, NOBODY, CASEWORKER, "", false);
    }

    static Route strangers(String name) {
        return new Route(
                name,
                Scope.STRANGERS,
                false,
                EVERYBODY,
                EVERYBODY,
                CASEWORKER,
                "password=x&again=x&language=it",
                false);
    }

    static Route demo(String name) {
        return new Route(name, Scope.DEMO, false, EVERYBODY, EVERYBODY, CASEWORKER, "", false);
    }

    /** Who is shown to succeed, instead of the first who may: caseworkers, else the first in the order of the roles. */
    Route by(Role role) {
        return new Route(name, scope, ofRecord, who, own, role, body, namesTheClient);
    }

    Route sends(String anotherBody) {
        return new Route(name, scope, ofRecord, who, own, by, anotherBody, namesTheClient);
    }

    Route ofNoRecord() {
        return new Route(name, scope, false, who, own, by, body, namesTheClient);
    }

    Route thatNamesTheClient() {
        return new Route(name, scope, ofRecord, who, own, by, body, true);
    }

    boolean gets() {
        return name.startsWith("GET ");
    }

    boolean posts() {
        return name.startsWith("POST ");
    }

    boolean is(Scope... scopes) {
        return Set.of(scopes).contains(scope);
    }

    private static Set<Role> setOf(Role... roles) {
        Set<Role> set = EnumSet.noneOf(Role.class);
        set.addAll(Set.of(roles));
        return set;
    }

    private static Role oneOf(Set<Role> who, Role... own) {
        return Stream.concat(who.stream(), Stream.of(own)).findFirst().orElse(CASEWORKER);
    }
}
