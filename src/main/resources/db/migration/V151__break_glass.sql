-- Emergency access: a case opened for a reason and for a while by somebody to whom it is otherwise closed.
create table break_glass (
    id          bigint generated always as identity primary key,
    account_id  bigint      not null references account (id),
    project_id  bigint      not null references project (id),
    case_code   text        not null,
    kind        text        not null check (kind in ('danger', 'health', 'safeguarding', 'cover', 'other')),
    reason      text        not null check (reason <> ''),
    opened_at   timestamptz not null,
    until       timestamptz not null check (until > opened_at),
    ended_at    timestamptz,
    -- what the privacy officer found
    reviewed_at timestamptz,
    reviewed_by bigint      references account (id),
    finding     text        check (finding in ('justified', 'questioned')),
    remark      text        not null default '',
    check ((reviewed_at is null) = (finding is null)),
    check (reviewed_by <> account_id)
);
create index break_glass_in_force on break_glass (account_id, until) where ended_at is null;
create index break_glass_by_project on break_glass (project_id, id desc);

-- Codes that somebody asked for in vain: too many in an hour, and nobody answers any more.
create table break_glass_miss (
    account_id bigint      not null references account (id),
    at         timestamptz not null
);
create index break_glass_miss_latest on break_glass_miss (account_id, at);

alter table project add column emergency_minutes int not null default 60 check (emergency_minutes between 5 and 480);

-- Under which emergency access something was read; null for the ordinary one.
alter table read_access add column break_glass bigint;
create index read_access_by_break_glass on read_access (break_glass, id) where break_glass is not null;
