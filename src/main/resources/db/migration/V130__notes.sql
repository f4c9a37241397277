-- Notes on a case, and forms that somebody has begun to fill in.

create table case_note (
    id           bigint generated always as identity primary key,
    case_id      bigint      not null references case_file (id),
    author       bigint      not null references account (id),
    written_at   timestamptz not null,
    text         text        not null check (text <> ''),
    contact_on   date,
    next_step    text        not null default '',
    -- text and next step without accents in lower case
    search_text  text        not null,
    changed_at   timestamptz,
    changed_by   bigint      references account (id),
    withdrawn_at timestamptz,
    withdrawn_by bigint      references account (id),
    version      int         not null default 0,
    check ((changed_at is null) = (changed_by is null)),
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index case_note_newest on case_note (case_id, id desc);

-- What a note said before it was changed; every version stays.
create table case_note_version (
    note_id    bigint      not null references case_note (id),
    version    int         not null,
    text       text        not null,
    contact_on date,
    next_step  text        not null,
    written_by bigint      not null references account (id),
    written_at timestamptz not null,
    primary key (note_id, version)
);

create table page_draft (
    account_id bigint      not null references account (id),
    place      text        not null,
    fields     jsonb       not null,
    saved_at   timestamptz not null,
    primary key (account_id, place)
);
