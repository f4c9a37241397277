-- What somebody wants to be reminded of on a case (C-R1).
create table case_reminder (
    id          bigint generated always as identity primary key,
    case_id     bigint      not null references case_file (id),
    text        text        not null check (text <> ''),
    due_on      date        not null,
    -- the promised hour, or the end of the office day
    due_at      timestamptz not null,
    at_hour     boolean     not null,
    -- null: whoever has the case
    for_account bigint      references account (id),
    set_by      bigint      not null references account (id),
    set_at      timestamptz not null,
    done_at     timestamptz,
    done_by     bigint      references account (id),
    -- when the person was told that it is due
    told_at     timestamptz,
    version     int         not null default 0,
    check ((done_at is null) = (done_by is null))
);
create index case_reminder_case on case_reminder (case_id, due_at);
create index case_reminder_open on case_reminder (for_account, due_at) where done_at is null;
