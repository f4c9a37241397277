package org.ancora.access;

import static org.ancora.access.Reach.NETWORK;
import static org.ancora.access.Reach.ORGANISATION;
import static org.ancora.access.Reach.OWN;
import static org.ancora.access.Reach.PROJECT;
import static org.ancora.access.Role.ADMIN;
import static org.ancora.access.Role.AGENT;
import static org.ancora.access.Role.CASEWORKER;
import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.COORDINATOR;
import static org.ancora.access.Role.MANAGER;
import static org.ancora.access.Role.OWNER;
import static org.ancora.access.Role.PRIVACY;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.access.Role.SUPERVISOR;
import static org.ancora.access.Role.UNIT;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One value per action: which roles carry it, and how far it reaches for each. */
public enum Permission {
    /** Open a case and see it in lists. */
    READ_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY)
            .and(OWN, UNIT, CONTRIBUTOR)),
    /** See a client's contact points, consents and support contacts. */
    READ_PROFILE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT, PRIVACY)
            .and(OWN, UNIT, CONTRIBUTOR)),
    /** Change a client's contact points, consents and support contacts. */
    EDIT_PROFILE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT)),
    /** See the name and contact points of a protected client. */
    SEE_PROTECTED(to(PROJECT, COORDINATOR, SUPERVISOR, PRIVACY).and(OWN, CASEWORKER, UNIT, CONTRIBUTOR)),
    /** Protect a client, or end the protection. */
    PROTECT_CLIENT(to(PROJECT, COORDINATOR, SUPERVISOR, PRIVACY)),
    /** Learn, without any data, that a client may be known in another project of the network. */
    FIND_ELSEWHERE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT)),
    /** Merge two records of one person, and undo it. */
    MERGE_PROFILES(to(NETWORK, ADMIN)),
    /** Open any case of the project's network in an emergency: for a reason, for a while, watched. */
    BREAK_GLASS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Look into what was opened in an emergency. */
    REVIEW_BREAK_GLASS(to(PROJECT, PRIVACY)),
    /** Enter a new intake. */
    REGISTER_INTAKE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT)),
    /** Accept or refuse an intake. */
    ACCEPT_INTAKE(to(PROJECT, COORDINATOR, SUPERVISOR)),
    /** Give a case to a caseworker, or to another one. */
    ASSIGN_CASE(to(PROJECT, COORDINATOR, SUPERVISOR)),
    /** Start on a case although the worker's caseload is full (A-R1). */
    OVERRIDE_CAPACITY(to(PROJECT, SUPERVISOR)),
    /** Claim and complete tasks: one's own and those of one's teams, or (coordinator, supervisor) anybody's. */
    WORK_TASK(
            to(PROJECT, COORDINATOR, SUPERVISOR).and(OWN, CASEWORKER, MANAGER, RECEPTION, AGENT, UNIT, OWNER, PRIVACY)),
    /** Record that the client got in touch, that the source answered, or an attempt to reach somebody. */
    RECORD_CONTACT(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT)),
    /** Decide what a flow puts before the supervisor. */
    DECIDE_AS_SUPERVISOR(to(PROJECT, SUPERVISOR)),
    /** Close a case by hand, with its reason. */
    CLOSE_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Set another status, along the transitions that the project leaves to one's roles (C15, C47). */
    CHANGE_STATUS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Open a closed case again, by the project's rule for it (C55, C56). */
    REOPEN_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Change between individual and group service (A2). */
    CHANGE_SERVICE_MODE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Raise and resolve flags on a case. */
    FLAG_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Take a case that nobody has, for oneself (C59). */
    TAKE_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Read the notes on a case. */
    READ_NOTES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, PRIVACY).and(OWN, CONTRIBUTOR)),
    /** Write notes on a case, change and withdraw one's own (C77, C78). */
    WRITE_NOTES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR).and(OWN, CONTRIBUTOR)),
    /** Change and withdraw notes that others wrote (C79). */
    CHANGE_NOTES_OF_OTHERS(to(PROJECT, SUPERVISOR)),
    /** Read notes that were withdrawn. */
    READ_WITHDRAWN_NOTES(to(PROJECT, SUPERVISOR, PRIVACY)),
    /** Write on a case that is closed. */
    WRITE_ON_CLOSED_CASE(to(PROJECT, COORDINATOR, SUPERVISOR)),
    /** Read the care plan of a case. */
    READ_CARE_PLAN(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, PRIVACY).and(OWN, CONTRIBUTOR)),
    /** Change the care plan of a case and record its signature. */
    EDIT_CARE_PLAN(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Set, move and finish reminders on a case (C-R1). */
    SET_REMINDERS(
            to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT).and(OWN, CONTRIBUTOR)),
    /** See to which services a client was referred, and what became of it (C101). */
    READ_REFERRALS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, PRIVACY).and(OWN, CONTRIBUTOR)),
    /** Refer a client to a service, write to both, and record what became of it (C102–C114). */
    MAKE_REFERRALS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Fill in what the project keeps about its cases (C69). */
    EDIT_ATTRIBUTES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Store attributes of many cases from a file (C71). */
    LOAD_ATTRIBUTES(to(PROJECT, COORDINATOR, SUPERVISOR).and(NETWORK, ADMIN)),
    /** Add people to a case, and take them off (C61). */
    SHARE_CASE(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Say that two cases have to do with one another (C65). */
    RELATE_CASES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Look for a person in the whole network, giving a reason (C67, C-R3). */
    SEARCH_NETWORK(to(PROJECT, COORDINATOR, SUPERVISOR)),
    /** Take a list of cases away as a file (C94). */
    EXPORT_CASES(to(PROJECT, COORDINATOR, SUPERVISOR, MANAGER)),
    /** Share saved searches with a project, and choose the columns that its people see at first. */
    SHARE_SEARCHES(to(PROJECT, COORDINATOR, SUPERVISOR).and(NETWORK, ADMIN)),
    /** Open the letters and messages of a case. */
    READ_LETTERS(
            to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, PRIVACY).and(OWN, CONTRIBUTOR)),
    /** Write a letter outside a task. */
    SEND_LETTERS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR)),
    /** Work through the print queue and confirm what was posted. */
    PRINT_LETTERS(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION)),
    /** Receive visitors and callers, write down what they ask for, and hand over the receipt (J6–J98). */
    ATTEND_USERS(to(PROJECT, COORDINATOR, SUPERVISOR, RECEPTION, AGENT)),
    /** Open petitions, and see who made them. */
    READ_PETITIONS(to(PROJECT, COORDINATOR, SUPERVISOR, MANAGER, RECEPTION, AGENT, PRIVACY)
            .and(OWN, UNIT)),
    /** Look for services in the directory of resources, and take what is found away as a file (C102). */
    SEARCH_DIRECTORY(to(
            NETWORK,
            CASEWORKER,
            COORDINATOR,
            SUPERVISOR,
            OWNER,
            MANAGER,
            RECEPTION,
            AGENT,
            UNIT,
            PRIVACY,
            ADMIN,
            CONTRIBUTOR)),
    /** Know of resources at confidential places, and where those are. */
    SEE_CONFIDENTIAL_PLACES(to(PROJECT, COORDINATOR, SUPERVISOR).and(NETWORK, ADMIN)),
    /** Begin sources of the directory, and store their files. */
    LOAD_DIRECTORY(to(PROJECT, COORDINATOR).and(NETWORK, ADMIN)),
    /** See who changed what. */
    READ_ACTIVITY_LOG(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, MANAGER, PRIVACY)),
    /** Take the activity log of a case away as a file. */
    EXPORT_ACTIVITY_LOG(to(PROJECT, PRIVACY)),
    /** See who read what. */
    READ_READ_LOG(to(PROJECT, PRIVACY, SUPERVISOR)),
    /** Begin and record what a client asked of oneself beyond work: anybody who works on cases can be asked (B1). */
    RECORD_BOUNDARY_REQUEST(
            to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, RECEPTION, AGENT).and(OWN, UNIT)),
    /** Read what workers report in confidence: the supervisors' alone, not even an administrator's (B9, B-R3). */
    READ_INCIDENTS(to(PROJECT, SUPERVISOR)),
    /** See counts and times of a project, without names. */
    READ_FIGURES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, OWNER, PRIVACY, ADMIN)
            .and(ORGANISATION, MANAGER)),
    /** See diagrams and where running flows stand, without names. */
    READ_PROCESSES(to(PROJECT, CASEWORKER, COORDINATOR, SUPERVISOR, OWNER, RECEPTION, AGENT, UNIT, PRIVACY, ADMIN)
            .and(ORGANISATION, MANAGER)),
    /** See what runs, waits and fails, how long it takes and where it stands, case by case. */
    WATCH_PROCEDURES(to(PROJECT, COORDINATOR, SUPERVISOR, OWNER, MANAGER, ADMIN)),
    /** Put right a procedure that runs: move its dates, take it elsewhere, try again, stop it; with a reason. */
    STEER_PROCEDURES(to(PROJECT, SUPERVISOR, OWNER, MANAGER).and(NETWORK, ADMIN)),
    /** Draft, rehearse and publish procedures, their forms, decisions and letters. */
    EDIT_PROCEDURES(to(NETWORK, OWNER)),
    /** Say which status changes start a flow, and see which flows set a status (C52). */
    MANAGE_AUTOMATIONS(to(PROJECT, OWNER).and(NETWORK, ADMIN)),
    /** Change a project's settings: calendar, caseload limit, letter head. */
    MANAGE_PROJECT(to(NETWORK, ADMIN)),
    /** Add people, give and take roles: the answer to "who can change it". */
    MANAGE_PEOPLE(to(NETWORK, ADMIN));

    /** What somebody may who opened a case in an emergency: read it, and change nothing. */
    static final Set<Permission> IN_EMERGENCY = Collections.unmodifiableSet(
            EnumSet.of(READ_CASE, READ_PROFILE, SEE_PROTECTED, READ_NOTES, READ_CARE_PLAN, READ_LETTERS));

    @SuppressWarnings("ImmutableEnumChecker") // filled before the constant exists, never changed or handed out after
    private final Map<Role, Reach> reaches;

    Permission(Grant grant) {
        this.reaches = grant.reaches;
    }

    /** The lower-case word with hyphens used in message keys ({@code permission.<code>}). */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How far this permission reaches for a role, or null when the role does not carry it. */
    public @Nullable Reach reach(Role role) {
        return reaches.get(role);
    }

    /** The roles that carry this permission for more than their own records. */
    public Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        reaches.forEach((role, reach) -> {
            if (reach != OWN) {
                roles.add(role);
            }
        });
        return roles;
    }

    private static Grant to(Reach reach, Role... roles) {
        return new Grant().and(reach, roles);
    }

    private static final class Grant {

        private final Map<Role, Reach> reaches = new EnumMap<>(Role.class);

        Grant and(Reach reach, Role... roles) {
            for (Role role : roles) {
                reaches.put(role, reach);
            }
            return this;
        }
    }
}
