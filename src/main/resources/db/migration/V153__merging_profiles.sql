-- Other names a person goes by, who interprets for them, and what shows that they agreed or withdrew.
alter table profile
    add column other_names text    not null default '',
    add column interpreter boolean not null default false;

alter table consent
    add column how            text not null default '' check (how in ('', 'in-person', 'by-phone', 'in-writing', 'online')),
    add column note           text not null default '',
    add column withdrawn_note text not null default '';

-- Two records of one person become one; every row that changed is kept as it was and as it became, so that it can be put
-- back exactly.
alter table profile add column merged_into bigint references profile (id);
create index profile_merged_into on profile (merged_into) where merged_into is not null;

create table profile_merge (
    id        bigint generated always as identity primary key,
    survivor  bigint      not null references profile (id),
    absorbed  bigint      not null references profile (id),
    merged_at timestamptz not null,
    merged_by bigint      references account (id),
    undone_at timestamptz,
    undone_by bigint      references account (id),
    check (survivor <> absorbed)
);
create unique index profile_merge_once on profile_merge (absorbed) where undone_at is null;
create index profile_merge_survivor on profile_merge (survivor);

create table profile_merge_row (
    merge_id bigint not null references profile_merge (id),
    kind     text   not null check (kind in ('profile', 'contact_point', 'consent', 'support_contact', 'case_file')),
    row_id   bigint not null,
    before   jsonb  not null,
    after    jsonb  not null,
    primary key (merge_id, kind, row_id)
);

create index read_access_by_profile on read_access (subject_id, id desc) where subject = 'profile';
