-- Cases that have to do with one another (C65 to C68): one row, seen from both.
create table related_case (
    id         bigint generated always as identity primary key,
    case_id    bigint      not null references case_file (id),
    other_id   bigint      not null references case_file (id),
    -- what the other case is to the case: its parent's, an earlier service of the same client …
    kind       text        not null check (kind in ('household', 'parent', 'previous', 'other')),
    note       text        not null default '',
    added_by   bigint      references account (id),
    added_at   timestamptz not null,
    removed_by bigint      references account (id),
    removed_at timestamptz,
    check (case_id <> other_id)
);
create unique index related_case_once on related_case (least(case_id, other_id), greatest(case_id, other_id))
    where removed_at is null;
create index related_case_case on related_case (case_id);
create index related_case_other on related_case (other_id);

-- The reason that somebody gave for a look beyond their own cases (C-R3).
alter table read_access add column reason text;

-- A person of whom nothing but a name is known is looked for in a whole network, page by page.
create index profile_network on profile (network_id, id desc) where not anonymous;
