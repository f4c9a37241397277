-- A client asked a worker for more than work allows: a private number, a gift, a visit (B1-B18). What the worker recorded;
-- nothing here says how the worker felt about it.
create table boundary_request (
    id           bigint generated always as identity primary key,
    project_id   bigint      not null references project (id),
    case_code    text        not null references case_file (code),
    asked_of     bigint      not null references account (id),
    begun_at     timestamptz not null,
    recorded_at  timestamptz,
    recorded_by  bigint      references account (id),
    asked_on     date,
    channel      text        not null default '',
    asked        text        not null default '',
    reason       text        not null default '',
    policy       text        not null default '',
    alternatives text[]      not null default '{}',
    choice       text        not null default '',
    consulted    text        not null default '',
    note         text        not null default '',
    check ((recorded_at is null) = (recorded_by is null)),
    check ((recorded_at is null) = (asked_on is null))
);
create index boundary_request_by_case on boundary_request (case_code, id desc);

-- What follows from it: a worry that a supervisor decides on, or a question that somebody answers.
create table boundary_follow_up (
    request_id bigint      not null references boundary_request (id),
    kind       text        not null check (kind in ('safety', 'question')),
    words      text        not null,
    asked_whom bigint      references account (id),
    decision   text        not null default '',
    answer     text        not null default '',
    settled_at timestamptz,
    settled_by bigint      references account (id),
    primary key (request_id, kind),
    check ((settled_at is null) = (settled_by is null))
);

-- What made the worker uncomfortable: for the supervisors of the project alone (B9, B-R3). It stands in no other table.
create table incident (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null references project (id),
    request_id  bigint      not null unique references boundary_request (id),
    reported_by bigint      not null references account (id),
    reported_at timestamptz not null,
    words       text        not null,
    settled_at  timestamptz
);
create index incident_open on incident (project_id, id) where settled_at is null;

-- Who read it and what was done about it; kept here and not in the common logs, which others may read.
create table incident_entry (
    id          bigint generated always as identity primary key,
    incident_id bigint      not null references incident (id),
    at          timestamptz not null,
    by_account  bigint      not null references account (id),
    kind        text        not null check (kind in ('read', 'note', 'settled', 'opened')),
    words       text        not null default ''
);
create index incident_entry_by_incident on incident_entry (incident_id, id);
create trigger incident_entry_is_append_only
    before update or delete on incident_entry
    for each row execute function refuse_rewriting();
