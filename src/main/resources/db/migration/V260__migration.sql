-- Moving running procedures to another version of their folder, or trying it out: chosen once, done some at a time, kept with
-- what became of each.
create table procedure_migration (
    id              bigint generated always as identity primary key,
    folder          text        not null,
    from_deployment text        not null,
    from_number     int         not null,
    to_deployment   text        not null,
    to_number       int         not null,
    -- by procedure and step: the step at which its cases go on; empty where they stay behind
    choice          jsonb       not null,
    -- whether everything is undone at once: only what would become of each is kept
    trial           boolean     not null,
    by_account      bigint      not null references account (id),
    begun_at        timestamptz not null,
    -- when the last of them had its turn; people are told where it stands still
    stirred_at      timestamptz not null,
    finished_at     timestamptz
);
create index procedure_migration_folder on procedure_migration (folder, id desc);

create table procedure_migration_row (
    migration_id bigint not null references procedure_migration (id) on delete cascade,
    instance_id  text   not null,
    process_key  text   not null,
    case_code    text,
    project_id   bigint,
    state        text   not null default 'waiting' check (state in ('waiting', 'moved', 'left', 'failed', 'ended')),
    -- why it was not moved: a code, and the step that it is about
    why          text,
    process      text,
    step         text,
    primary key (migration_id, instance_id)
);
create index procedure_migration_row_state on procedure_migration_row (migration_id, state, instance_id);
