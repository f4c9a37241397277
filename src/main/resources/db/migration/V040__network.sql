-- Networks of organisations, and the projects (programmes) in which they work.

create table network (
    id   bigint generated always as identity primary key,
    name text not null unique
);

create table organisation (
    id         bigint generated always as identity primary key,
    network_id bigint not null references network (id),
    name       text   not null,
    unique (network_id, name)
);

create table project (
    id                           bigint generated always as identity primary key,
    network_id                   bigint  not null references network (id),
    organisation_id              bigint  not null references organisation (id),
    key                          text    not null unique check (key ~ '^[a-z][a-z0-9-]{1,30}$'),
    name                         text    not null,
    code_prefix                  text    not null unique check (code_prefix ~ '^[A-Z]{2,6}$'),
    locale                       text    not null,
    accent                       text    not null,
    initials                     text    not null,
    -- office calendar; the version counts every change that can move a date
    jurisdiction                 text    not null,
    zone                         text    not null,
    opens                        time    not null,
    closes                       time    not null check (closes > opens),
    weekend                      text[]  not null,
    calendar_version             int     not null default 1,
    -- settings
    caseload_limit               int     not null check (caseload_limit >= 0),
    documentation_blocks_closing boolean not null default false,
    letterhead_name              text    not null,
    letterhead_phone             text    not null,
    letterhead_email             text    not null,
    letterhead_address           text    not null,
    letterhead_hours             text    not null,
    version                      int     not null default 0
);

create table project_extra_day (
    project_id bigint  not null references project (id) on delete cascade,
    day        date    not null,
    off        boolean not null,
    reason_en  text    not null,
    reason_es  text    not null,
    reason_it  text    not null,
    primary key (project_id, day)
);
