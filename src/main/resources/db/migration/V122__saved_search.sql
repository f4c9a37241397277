-- Searches of a project's cases that somebody keeps, for themselves or for everybody there.
create table saved_search (
    id         bigint generated always as identity primary key,
    project_id bigint      not null references project (id),
    owner_id   bigint      not null references account (id),
    name       text        not null check (name <> ''),
    -- as the address has it; what its reader may not see is left out when it is opened
    query      text        not null,
    shared     boolean     not null default false,
    created_at timestamptz not null,
    removed_at timestamptz
);
create index saved_search_of_project on saved_search (project_id, owner_id) where removed_at is null;

-- What a person's list of a project begins with.
create table saved_search_default (
    account_id bigint not null references account (id),
    project_id bigint not null references project (id),
    search_id  bigint not null references saved_search (id),
    primary key (account_id, project_id)
);
