-- The search for one client at one time: from the intake (or the lost contact) to service, closing or hand-over.
create table engagement_episode (
    id               bigint generated always as identity primary key,
    case_code        text        not null,
    project_id       bigint      not null references project (id),
    track            text        not null check (track in ('entry', 'existing')),
    started_at       timestamptz not null,
    started_by       bigint      not null,
    -- "Three months" are counted from here (A-R11).
    first_unanswered timestamptz,
    ended_at         timestamptz,
    outcome          text,
    check ((ended_at is null) = (outcome is null))
);
-- One running episode per case.
create unique index engagement_episode_running on engagement_episode (case_code) where ended_at is null;
create index engagement_episode_case on engagement_episode (case_code, started_at);

-- Every attempt to reach somebody, as the worker recorded it. Rows are never changed.
create table contact_attempt (
    id               bigint generated always as identity primary key,
    episode_id       bigint      not null references engagement_episode (id),
    case_code        text        not null,
    -- The task in which it was recorded; null for what was recorded on the case page.
    task_id          text,
    place            text        not null,
    round            int         not null,
    party            text        not null check (party in ('client', 'family', 'source')),
    channel          text        not null,
    contact_point_id bigint references contact_point (id),
    outcome          text        not null,
    -- Why a lawful channel was not used, or what "other" means; free text stays here, never in a variable.
    reason           text        not null default '',
    note             text        not null default '',
    message_id       bigint,
    attempted_at     timestamptz not null,
    recorded_at      timestamptz not null,
    recorded_by      bigint      not null
);
create index contact_attempt_case on contact_attempt (case_code, attempted_at desc, id desc);
create index contact_attempt_episode on contact_attempt (episode_id);

-- What people decided on the way, with their reasons: free text stays here, never in a variable. Rows are never changed.
create table engagement_decision (
    id         bigint generated always as identity primary key,
    episode_id bigint      not null references engagement_episode (id),
    case_code  text        not null,
    task_id    text,
    kind       text        not null,
    decision   text        not null,
    reason     text        not null default '',
    until      timestamptz,
    decided_at timestamptz not null,
    decided_by bigint      not null
);
create index engagement_decision_case on engagement_decision (case_code, id);
