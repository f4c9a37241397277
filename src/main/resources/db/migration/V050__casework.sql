-- Clients, how they may be reached, and their cases.

create extension if not exists pg_trgm;

create table profile (
    id          bigint generated always as identity primary key,
    network_id  bigint      not null references network (id),
    anonymous   boolean     not null,
    given_name  text        not null,
    family_name text        not null,
    pronouns    text        not null default '',
    born_on     date,
    -- an age is worth something only with the day on which it was true
    age         int         check (age between 0 and 130),
    age_as_of   date,
    languages   text[]      not null,
    -- names without accents in lower case, so that "Nunez" finds "Núñez"
    search_name text        not null,
    created_at  timestamptz not null,
    version     int         not null default 0,
    check (anonymous or given_name || family_name <> ''),
    check ((age is null) = (age_as_of is null))
);
create index profile_search_name on profile using gin (search_name gin_trgm_ops);

create table contact_point (
    id             bigint generated always as identity primary key,
    profile_id     bigint      not null references profile (id),
    kind           text        not null check (kind in ('phone', 'sms', 'email', 'address')),
    value          text        not null,
    -- as people read it: a number of the project's own country without its country code
    display        text        not null,
    label          text        not null default '',
    main           boolean     not null default false,
    safe           boolean     not null,
    -- filled when an attempt showed that it leads nowhere
    failed_at      timestamptz,
    failure        text        check (failure in ('wrong-number', 'bounced', 'undelivered', 'returned')),
    removed_at     timestamptz,
    version        int         not null default 0,
    check ((failed_at is null) = (failure is null))
);
create index contact_point_profile on contact_point (profile_id);
create index contact_point_value on contact_point using gin (value gin_trgm_ops);
create unique index contact_point_one_main on contact_point (profile_id, kind) where main and removed_at is null;

create table consent (
    id              bigint generated always as identity primary key,
    profile_id      bigint      not null references profile (id),
    channel         text        not null check (channel in ('voicemail', 'sms', 'email', 'post', 'family')),
    given           boolean     not null,
    -- who answered: the client, or the person who may answer for them
    given_by        text        not null,
    given_on        date        not null,
    wording_version text        not null,
    recorded_by     bigint      references account (id),
    recorded_at     timestamptz not null,
    withdrawn_on    date,
    withdrawn_by    bigint      references account (id),
    check (withdrawn_on is null or withdrawn_on >= given_on)
);
create index consent_profile on consent (profile_id);
create unique index consent_one_in_force on consent (profile_id, channel) where withdrawn_on is null;

create table support_contact (
    id               bigint generated always as identity primary key,
    profile_id       bigint  not null references profile (id),
    name             text    not null,
    relation         text    not null,
    phone            text    not null,
    may_be_spoken_to boolean not null,
    removed_at       timestamptz
);
create index support_contact_profile on support_contact (profile_id);

-- The last number given out per project and year: one row to lock, so two intakes never get the same code.
create table case_sequence (
    project_id bigint not null references project (id),
    year       int    not null,
    last       int    not null,
    primary key (project_id, year)
);

create table case_file (
    id             bigint generated always as identity primary key,
    code           text        not null unique,
    project_id     bigint      not null references project (id),
    profile_id     bigint      not null references profile (id),
    status         text        not null check (status in ('new', 'assigned', 'waiting-for-capacity', 'in-progress', 'closed')),
    service_mode   text        not null check (service_mode in ('individual', 'group')),
    assignee       bigint      references account (id),
    assigned_at    timestamptz,
    waiting_since  timestamptz,
    admitted_at    timestamptz,
    closed_at      timestamptz,
    closing_reason text,
    closing_note   text        not null default '',
    source_kind    text        not null check (source_kind in ('agency', 'person', 'self')),
    source_name    text        not null default '',
    source_phone   text        not null default '',
    source_email   text        not null default '',
    opened_at      timestamptz not null,
    opened_by      bigint      references account (id),
    version        int         not null default 0,
    check ((status = 'closed') = (closed_at is not null)),
    check ((status = 'closed') = (closing_reason is not null)),
    check ((status = 'waiting-for-capacity') = (waiting_since is not null)),
    check (status <> 'assigned' or assignee is not null)
);
create index case_file_newest on case_file (project_id, opened_at desc, id desc);
create index case_file_by_status on case_file (project_id, status, opened_at desc, id desc);
create index case_file_by_assignee on case_file (project_id, assignee, opened_at desc, id desc);
create index case_file_waiting on case_file (project_id, waiting_since, id) where waiting_since is not null;
create index case_file_profile on case_file (profile_id);

create table case_flag (
    id          bigint generated always as identity primary key,
    case_id     bigint      not null references case_file (id),
    kind        text        not null,
    note        text        not null default '',
    raised_at   timestamptz not null,
    raised_by   bigint      references account (id),
    resolved_at timestamptz,
    resolved_by bigint      references account (id),
    resolution  text        not null default ''
);
create index case_flag_case on case_flag (case_id);
create unique index case_flag_one_open on case_flag (case_id, kind) where resolved_at is null;

-- Who was given the case when and why, and who let it start although there was no room.
create table case_assignment (
    id       bigint generated always as identity primary key,
    case_id  bigint      not null references case_file (id),
    kind     text        not null check (kind in ('assigned', 'capacity-overridden')),
    given_to bigint      not null references account (id),
    given_by bigint      references account (id),
    given_at timestamptz not null,
    reason   text        not null
);
create index case_assignment_case on case_assignment (case_id);

-- A person's own limit; without a row the project's default holds.
create table caseload_limit (
    project_id   bigint not null references project (id),
    user_id      bigint not null references account (id),
    active_cases int    not null check (active_cases >= 0),
    primary key (project_id, user_id)
);

-- What a person opened last: "my recent cases".
create table case_visit (
    user_id    bigint      not null references account (id),
    case_id    bigint      not null references case_file (id),
    visited_at timestamptz not null,
    primary key (user_id, case_id)
);
create index case_visit_latest on case_visit (user_id, visited_at desc);
