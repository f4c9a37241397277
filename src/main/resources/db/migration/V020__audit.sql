-- What was changed, by whom, when. Written once, in the transaction of the change.
create table activity (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    action     text        not null,
    project_id bigint,
    case_code  text,
    subject    text        not null,
    subject_id text,
    by_account bigint,
    details    jsonb       not null default '{}'
);
create index activity_by_case on activity (case_code, id desc);
create index activity_by_project on activity (project_id, id desc);

-- Who saw a personal record, and how.
create table read_access (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    by_account bigint      not null,
    project_id bigint,
    case_code  text,
    subject    text        not null,
    subject_id text,
    how        text        not null
);
create index read_access_by_case on read_access (case_code, id desc);
create index read_access_by_account on read_access (by_account, id desc);

create function refuse_rewriting() returns trigger
    language plpgsql as
$$
begin
    raise exception 'table % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger activity_is_append_only
    before update or delete or truncate on activity
    for each statement execute function refuse_rewriting();
create trigger read_access_is_append_only
    before update or delete or truncate on read_access
    for each statement execute function refuse_rewriting();
