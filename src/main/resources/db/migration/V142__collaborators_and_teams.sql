-- People with whom a case is shared (C61 to C64). What they may do there follows their role in the project.
create table case_collaborator (
    case_id  bigint      not null references case_file (id),
    user_id  bigint      not null references account (id),
    added_by bigint      references account (id),
    added_at timestamptz not null,
    primary key (case_id, user_id)
);
create index case_collaborator_user on case_collaborator (user_id, case_id);

-- Teams of a project (C145), to which a case may be given so that a member takes it (C-R10).
create table team (
    id         bigint generated always as identity primary key,
    project_id bigint      not null references project (id),
    name       text        not null check (name <> ''),
    purpose    text        not null default '',
    created_at timestamptz not null,
    retired_at timestamptz,
    version    int         not null default 0,
    -- so that a case can only be given to a team of its own project
    unique (id, project_id)
);
create unique index team_name on team (project_id, lower(name)) where retired_at is null;

create table team_member (
    team_id  bigint      not null references team (id),
    user_id  bigint      not null references account (id),
    added_by bigint      references account (id),
    added_at timestamptz not null,
    primary key (team_id, user_id)
);
create index team_member_user on team_member (user_id, team_id);

alter table case_file
    add column team_id bigint,
    add foreign key (team_id, project_id) references team (id, project_id);
create index case_file_by_team on case_file (team_id, opened_at desc, id desc) where team_id is not null;

-- Documents of a project that its people share: procedures, forms, agreements.
create table project_file (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null references project (id),
    name        text        not null check (name <> ''),
    media_type  text        not null,
    size        int         not null check (size > 0),
    content     bytea       not null,
    uploaded_by bigint      references account (id),
    uploaded_at timestamptz not null,
    removed_at  timestamptz,
    removed_by  bigint      references account (id)
);
create index project_file_project on project_file (project_id, id desc);
