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

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.jspecify.annotations.Nullable;

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
 *   <li>{@code ofRecord(route, who)} is about a record that has rules of its own: others are refused with 403 where they are
 *       among {@code .refused(roles)}, because they know of it, else with 404.
 *   <li>{@code strangers(route)} is open to people who are not signed in; {@code .shownBy(test)} where only who has a link
 *       may, which a test with such a link shows.
 *   <li>{@code demo(route)} is only where the demo is.
 * </ul>
 *
 * <p>Whoever may is shown a page (200) or, after sending something, led on to a page below the first two parts of the address
 * (302). {@code .answers(…)} says what comes instead, {@code .leadsTo(…)} to where.
 */
final class Route {

    private final String name;
    private final Scope scope;
    private final Set<Role> who;
    private final Set<Role> own;
    private boolean ofRecord;
    private Role by;
    private String body = "";
    private boolean namesTheClient;
    private @Nullable Set<Role> refused;
    private Set<Integer> answers = Set.of();
    private String leadsTo = "";
    private boolean asAWhole;
    private boolean inEmergency;
    private boolean apart;
    private String shownBy = "";

    private Route(String name, Scope scope, boolean ofRecord, Set<Role> who, Set<Role> own, Role by) {
        this.name = name;
        this.scope = scope;
        this.ofRecord = ofRecord;
        this.who = who;
        this.own = own;
        this.by = by;
    }

    /** What a route is about. */
    enum Scope {
        CASE,
        PART_OF_CASE,
        PROJECT,
        ADMINISTRATION,
        NETWORK,
        LIST,
        MINE,
        RECORD,
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
        return new Route(name, Scope.CASE, true, who, setOf(own), oneOf(who, own));
    }

    static Route partOfCase(String name, Set<Role> who, Role... own) {
        return new Route(name, Scope.PART_OF_CASE, true, who, setOf(own), oneOf(who, own));
    }

    static Route ofProject(String name, Set<Role> who) {
        return new Route(name, Scope.PROJECT, true, who, who, oneOf(who));
    }

    static Route administration(String name, Role... also) {
        Set<Role> who = EnumSet.of(ADMIN, also);
        return new Route(name, Scope.ADMINISTRATION, true, who, who, ADMIN);
    }

    static Route ofNetwork(String name) {
        Set<Role> who = EnumSet.of(ADMIN);
        return new Route(name, Scope.NETWORK, true, who, who, ADMIN);
    }

    static Route lists(String name, Set<Role> who) {
        return new Route(name, Scope.LIST, false, who, who, oneOf(who));
    }

    static Route mine(String name, Set<Role> who) {
        return new Route(name, Scope.MINE, false, who, who, oneOf(who));
    }

    static Route ofRecord(String name, Set<Role> who) {
        return new Route(name, Scope.RECORD, true, who, who, oneOf(who)).refused(NOBODY);
    }

    static Route strangers(String name) {
        return new Route(name, Scope.STRANGERS, false, EVERYBODY, EVERYBODY, CASEWORKER)
                .sends("password=x&again=x&language=it");
    }

    static Route demo(String name) {
        return new Route(name, Scope.DEMO, false, EVERYBODY, EVERYBODY, CASEWORKER);
    }

    /** Who is shown to succeed, instead of the first who may: caseworkers, else the first in the order of the roles. */
    Route by(Role role) {
        by = role;
        return this;
    }

    /** Parameters as in an address, or anything that begins with <code>{"</code>; placeholders as in the name. */
    Route sends(String anotherBody) {
        body = anotherBody;
        return this;
    }

    Route ofNoRecord() {
        ofRecord = false;
        return this;
    }

    /** Its answer names the household's client. */
    Route thatNamesTheClient() {
        namesTheClient = true;
        return this;
    }

    /** Who of the project knows of it and is refused with 403; the others are not told that it exists. */
    Route refused(Set<Role> roles) {
        refused = roles;
        return this;
    }

    /** What whoever may is answered with, such as 409 where there is nothing to be done. */
    Route answers(Integer... statuses) {
        answers = Set.of(statuses);
        return this;
    }

    /** How the address begins to which it leads on. */
    Route leadsTo(String address) {
        leadsTo = address;
        return this;
    }

    /** What is wrong with it is the request as a whole, and no field of a form. */
    Route asAWhole() {
        asAWhole = true;
        return this;
    }

    /** Open to whoever opened the case in an emergency. */
    Route inEmergency() {
        inEmergency = true;
        return this;
    }

    /** Works in transactions of its own, which would wait for one around it. */
    Route apart() {
        apart = true;
        return this;
    }

    /** The test that shows who may, as {@code TestClass.method}. */
    Route shownBy(String test) {
        shownBy = test;
        return this;
    }

    /** Method and pattern as the controller has them, such as {@code POST /cases/{code}/flags}. */
    String name() {
        return name;
    }

    /** Whether nobody learns of what it is about who may not see it. */
    boolean ofRecord() {
        return ofRecord;
    }

    /** Who may send it. */
    Set<Role> who() {
        return who;
    }

    /** Who may where the case is their own. */
    Set<Role> own() {
        return own;
    }

    /** Who is shown to succeed. */
    Role by() {
        return by;
    }

    String body() {
        return body;
    }

    boolean namesTheClient() {
        return namesTheClient;
    }

    String leadsTo() {
        return leadsTo;
    }

    boolean isWrongAsAWhole() {
        return asAWhole;
    }

    boolean opensInEmergency() {
        return inEmergency;
    }

    boolean isApart() {
        return apart;
    }

    String shownBy() {
        return shownBy;
    }

    /** Whether somebody of the project who may not is told so; nobody else learns that it exists. */
    boolean tells(Role role) {
        if (is(Scope.LIST)) {
            return refused == null || !refused.contains(role);
        }
        return refused != null
                ? refused.contains(role)
                : is(Scope.CASE) ? READERS.contains(role) : !is(Scope.PART_OF_CASE, Scope.NETWORK);
    }

    /** What whoever may is answered with. */
    Set<Integer> expected() {
        return !answers.isEmpty() ? answers : gets() ? Set.of(200) : Set.of(302);
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
