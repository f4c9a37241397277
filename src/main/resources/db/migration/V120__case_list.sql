-- What the list of cases searches, filters and is ordered by, within one project each.

create extension if not exists btree_gin;

alter table case_file
    -- " yrk-2026-0388 dana whitfield": each word after a blank, so that a short text can be looked for where words begin
    add column search_text text   not null default '',
    -- by which clients are ordered
    add column client_sort text   not null default '',
    -- kinds of the open flags, the oldest first
    add column flag_codes  text[] not null default '{}';

create function case_file_search() returns trigger
    language plpgsql as
$$
begin
    select p.search_name into new.client_sort from profile p where p.id = new.profile_id;
    new.search_text := ' ' || lower(new.code) || ' ' || new.client_sort;
    return new;
end
$$;

create trigger case_file_search_of_new
    before insert on case_file
    for each row execute function case_file_search();
-- Clients can be merged, and a case then belongs to another.
create trigger case_file_search_of_moved
    before update on case_file
    for each row when (old.profile_id is distinct from new.profile_id) execute function case_file_search();

create function profile_renamed() returns trigger
    language plpgsql as
$$
begin
    update case_file
       set client_sort = new.search_name, search_text = ' ' || lower(code) || ' ' || new.search_name
     where profile_id = new.id;
    return null;
end
$$;

create trigger profile_renamed
    after update on profile
    for each row when (old.search_name is distinct from new.search_name) execute function profile_renamed();

create function case_file_flagged() returns trigger
    language plpgsql as
$$
begin
    update case_file c
       set flag_codes = array(select f.kind from case_flag f
                               where f.case_id = c.id and f.resolved_at is null order by f.raised_at, f.id)
     where c.id in (select case_id from flagged);
    return null;
end
$$;

create trigger case_file_flag_raised
    after insert on case_flag
    referencing new table as flagged
    for each statement execute function case_file_flagged();
create trigger case_file_flag_resolved
    after update on case_flag
    referencing new table as flagged
    for each statement execute function case_file_flagged();

update case_file c
   set client_sort = p.search_name,
       search_text = ' ' || lower(c.code) || ' ' || p.search_name,
       flag_codes = array(select f.kind from case_flag f
                           where f.case_id = c.id and f.resolved_at is null order by f.raised_at, f.id)
  from profile p
 where p.id = c.profile_id;

-- More samples than usual: the planner has to tell a rare name from a frequent one.
alter table case_file alter column search_text set statistics 1000;
create index case_file_search on case_file using gin (project_id, search_text gin_trgm_ops);
create index case_file_flags on case_file using gin (project_id, flag_codes) where flag_codes <> '{}';
create index case_file_open on case_file (project_id, opened_at desc, id desc) where status <> 'closed';
create index case_file_by_code on case_file (project_id, code collate "C", id);
create index case_file_by_client on case_file (project_id, client_sort collate "C", id);
create index case_file_by_reason on case_file (project_id, closing_reason, opened_at desc, id desc)
    where closing_reason is not null;
create index case_file_by_closing on case_file (project_id, closed_at, id);
-- With the status beside it, counting a project's cases reads no case.
drop index case_file_by_assignee;
create index case_file_by_assignee on case_file (project_id, assignee, opened_at desc, id desc) include (status);

-- Which columns a person sees in a project, or everybody who has not chosen; without a project, in the list of all cases.
create table list_columns (
    project_id bigint references project (id),
    account_id bigint references account (id),
    columns    text[] not null check (cardinality(columns) between 1 and 40),
    unique nulls not distinct (project_id, account_id)
);
