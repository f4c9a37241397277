-- Answers to petitions (J37, J-R1 to J-R4): promises, clocks that stand still, and what was decided on the way.

-- The answer to one petition, from its routing to its end. What the petition says stands with the petition.
create table complaint (
    number        text        primary key references petition (number),
    project_id    bigint      not null references project (id),
    registered_at timestamptz not null,
    stage         text        not null check (stage in
        ('routing', 'preparing', 'approving', 'sending', 'posting', 'confirming',
         'answered', 'appealed', 'withdrawn', 'merged', 'redirected')),
    -- in which days it is counted, and the most business days to which it can be extended
    unit          text        not null check (unit in ('business', 'calendar')),
    most_days     int         not null,
    warn_days     int         not null,
    late_days     int         not null,
    step_days     int         not null,
    -- the promise as it was told first, as it stands now, and what was told after it was broken
    first_due_at  timestamptz not null,
    due_at        timestamptz not null,
    over_cap      boolean     not null,
    new_due_at    timestamptz,
    -- set while the person must supply something
    stopped_at    timestamptz,
    -- each is told once
    halfway_told_at timestamptz,
    warned_at     timestamptz,
    breached_at   timestamptz,
    unit_worker   bigint      references account (id),
    answer        text        check (length(answer) <= 8000),
    answered_at   timestamptz,
    ended_at      timestamptz,
    understood    boolean,
    satisfied     boolean,
    appeal_of     text        references complaint (number),
    merged_into   text        references complaint (number),
    redirected_to text        check (length(redirected_to) <= 200),
    case_code     text        references case_file (code),
    version       int         not null default 0
);
create index complaint_open on complaint (project_id, due_at, number) where ended_at is null;
create index complaint_all on complaint (project_id, registered_at desc, number desc);
create index complaint_appeals on complaint (appeal_of) where appeal_of is not null;

-- The clock stood still: both spans are shown, and neither is ever rewritten.
create table complaint_pause (
    id         bigint generated always as identity primary key,
    number     text        not null references complaint (number),
    stopped_at timestamptz not null,
    stopped_by bigint      references account (id),
    asked_for  text        not null check (length(asked_for) <= 1000),
    due_before timestamptz not null,
    resumed_at timestamptz,
    due_after  timestamptz
);
create index complaint_pause_of on complaint_pause (number, id);
create unique index complaint_pause_open on complaint_pause (number) where resumed_at is null;

-- What was decided on the way, in the words of whoever decided it.
create table complaint_word (
    id     bigint generated always as identity primary key,
    number text        not null references complaint (number),
    at     timestamptz not null,
    by     bigint      references account (id),
    kind   text        not null check (kind in
        ('routed', 'sent-back', 'extended', 'confirmed', 'withdrawn', 'merged', 'redirected', 'appealed')),
    text   text        not null check (length(text) <= 2000)
);
create index complaint_word_of on complaint_word (number, id);

-- The letter or e-mail as it came in.
create table complaint_original (
    id         bigint generated always as identity primary key,
    number     text        not null references petition (number),
    name       text        not null check (length(name) <= 150),
    media_type text        not null,
    size       int         not null,
    content    bytea       not null,
    added_by   bigint      references account (id),
    added_at   timestamptz not null
);
create index complaint_original_of on complaint_original (number, id);
