-- The care plan of a case (C-R9): goals, what is done for each, by whom and by when, and what was signed.

create table care_plan (
    id         bigint generated always as identity primary key,
    case_id    bigint      not null unique references case_file (id),
    review_on  date,
    changed_at timestamptz not null,
    changed_by bigint      not null references account (id),
    -- rises with every change to the plan, its goals and its actions
    version    int         not null default 0
);

create table care_goal (
    id      bigint generated always as identity primary key,
    plan_id bigint not null references care_plan (id),
    text    text   not null check (text <> ''),
    status  text   not null check (status in ('open', 'reached', 'dropped')),
    version int    not null default 0
);
create index care_goal_plan on care_goal (plan_id, id);

create table care_action (
    id          bigint generated always as identity primary key,
    goal_id     bigint not null references care_goal (id),
    text        text   not null check (text <> ''),
    owner       text   not null check (owner in ('client', 'worker', 'other')),
    -- who it is where neither the client nor the caseworker does it
    owner_name  text   not null default '',
    due_on      date,
    due_at      timestamptz,
    -- what the date was computed from; null where a day was chosen
    explanation jsonb,
    status      text   not null check (status in ('open', 'done', 'dropped')),
    version     int    not null default 0,
    check ((due_on is null) = (due_at is null)),
    check ((owner = 'other') = (owner_name <> ''))
);
create index care_action_goal on care_action (goal_id, id);

-- A version that was signed, whole, as it stood then; never changed.
create table care_plan_signed (
    plan_id     bigint      not null references care_plan (id),
    number      int         not null,
    signed_by   text        not null check (signed_by <> ''),
    signed_on   date        not null,
    manner      text        not null check (manner in ('typed', 'paper')),
    witness     text        not null default '',
    recorded_by bigint      not null references account (id),
    recorded_at timestamptz not null,
    plan_version int        not null,
    content     jsonb       not null,
    primary key (plan_id, number)
);
create trigger care_plan_signed_kept before update or delete on care_plan_signed
    for each statement execute function refuse_rewriting();
