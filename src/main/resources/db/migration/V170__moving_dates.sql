-- What became of the open dates of a project after its calendar changed; done some cases at a time.
create table date_move (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null,
    begun_at    timestamptz not null,
    begun_by    bigint      not null,
    total       integer     not null,
    last_case   text        not null default '',
    looked_at   integer     not null default 0,
    cases       integer     not null default 0,
    dates       integer     not null default 0,
    failed      integer     not null default 0,
    finished_at timestamptz
);
create index date_move_project on date_move (project_id, id desc);

-- Every procedure says of which project it is; the engine has no index to find those of one project.
create index act_idx_variable_project on engine.act_ru_variable (long_) where name_ = 'projectId';
