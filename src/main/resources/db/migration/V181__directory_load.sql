-- A file on its way into the directory: given, read and checked without changing anything, then stored in one go.
create table directory_load (
    id             bigint generated always as identity primary key,
    source_id      bigint      not null references directory_source (id),
    file_name      text        not null,
    bytes          bigint      not null,
    state          text        not null check (state in ('given', 'reading', 'checked', 'unreadable', 'storing', 'stored')),
    form           text        not null default '',
    -- a part of the source: what it does not name stays as it is
    partial        boolean     not null default false,
    percent        int         not null default 0,
    row_count      int         not null default 0,
    added          int         not null default 0,
    changed        int         not null default 0,
    unchanged      int         not null default 0,
    vanishing      int         not null default 0,
    -- whether more than a fifth of what the source has would become inactive
    many_vanish    boolean     not null default false,
    bad            int         not null default 0,
    remarks        int         not null default 0,
    -- the kinds that the file speaks for: of these, what it does not name is gone
    covers         text[]      not null default '{}',
    unknown        text[]      not null default '{}',
    counts         jsonb       not null default '[]',
    source_version int         not null default 0,
    loaded_by      bigint      references account (id),
    loaded_at      timestamptz not null,
    finished_at    timestamptz
);
create index directory_load_source on directory_load (source_id, id desc);

-- The file itself, until it is stored or discarded: any node may read it.
create table directory_load_piece (
    load_id bigint not null references directory_load (id) on delete cascade,
    no      int    not null,
    bytes   bytea  not null,
    primary key (load_id, no)
);

create table directory_load_row (
    load_id    bigint  not null references directory_load (id) on delete cascade,
    kind       text    not null,
    ref        text    not null,
    data       jsonb   not null,
    file       text    not null,
    line       int     not null,
    place      text    not null default '',
    bad        boolean not null default false,
    -- where it stands again, saying something else
    again_line int,
    primary key (load_id, kind, ref)
);

create table directory_load_fault (
    id      bigint generated always as identity primary key,
    load_id bigint not null references directory_load (id) on delete cascade,
    file    text   not null,
    -- from 1; 0 where the file as a whole is meant
    line    int    not null,
    field   text   not null,
    problem text   not null,
    value   text   not null default '',
    -- an error keeps the row out; a remark does not
    error   boolean not null
);
create index directory_load_fault_load on directory_load_fault (load_id, error desc, id);
