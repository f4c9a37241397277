-- A change of many cases: chosen and shown before it begins, made in committed steps, kept with what became of each case.
create table bulk_change (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null references project (id),
    by_account  bigint      not null references account (id),
    kind        text        not null check (kind in ('assign', 'team', 'flag', 'resolve', 'status')),
    -- the account, team or status it gives, as digits, or the flag's key
    what        text        not null,
    -- the closing reason of a status that closes
    because     text        not null default '',
    note        text        not null default '',
    state       text        not null default 'chosen' check (state in ('chosen', 'running', 'done')),
    total       int         not null,
    changed     int         not null default 0,
    skipped     int         not null default 0,
    created_at  timestamptz not null,
    started_at  timestamptz,
    finished_at timestamptz,
    check (changed + skipped <= total),
    check ((state = 'done') = (finished_at is not null))
);
create index bulk_change_of_person on bulk_change (by_account, project_id, id desc);

create table bulk_row (
    bulk_id bigint not null references bulk_change (id) on delete cascade,
    case_id bigint not null references case_file (id),
    -- empty when the case was changed, else why it was skipped; null until its turn has come
    why     text,
    primary key (bulk_id, case_id)
);
create index bulk_row_to_do on bulk_row (bulk_id, case_id) where why is null;
