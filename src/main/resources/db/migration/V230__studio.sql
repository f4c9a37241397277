-- A version may also come from a modelling tool on somebody's desk.
alter table deployment drop constraint deployment_origin_check;
alter table deployment add constraint deployment_origin_check check (origin in ('seed', 'owner', 'modeler'));

-- Who published a version, and why. What came with a release has no row.
create table publication (
    engine_id text primary key references deployment (engine_id) on delete cascade,
    published_by bigint not null references account (id),
    approved_by bigint references account (id),
    note text not null check (length(note) <= 1000),
    -- the version whose files were taken up again
    restored_from text,
    -- what the release had at that time: as long as it has the same, there is nothing new to compare with
    release_hash text
);

-- What an owner is changing about a folder: one draft a folder, over the version it began from.
create table procedure_draft (
    folder text primary key,
    base_deployment text not null references deployment (engine_id) on delete cascade,
    begun_by bigint not null references account (id),
    begun_at timestamptz not null
);

-- A number is never given twice, so that whoever still holds a file of a draft that was thrown away cannot overwrite the next one.
create sequence procedure_draft_version as integer;

create table procedure_draft_file (
    folder text not null references procedure_draft (folder) on delete cascade,
    path text not null check (length(path) <= 200),
    version integer not null,
    -- null when the draft takes the file away
    content bytea,
    saved_by bigint not null references account (id),
    saved_at timestamptz not null,
    primary key (folder, path)
);

-- Where one author proposes and another owner approves: exactly these files, known by their hash.
create table procedure_proposal (
    id bigint generated always as identity primary key,
    folder text not null,
    base_deployment text not null references deployment (engine_id) on delete cascade,
    content_hash text not null,
    origin text not null check (origin in ('owner', 'modeler')),
    note text not null check (length(note) <= 1000),
    proposed_by bigint not null references account (id),
    proposed_at timestamptz not null,
    state text not null check (state in ('waiting', 'published', 'declined', 'withdrawn')),
    decided_by bigint references account (id),
    decided_at timestamptz
);
create unique index procedure_proposal_waiting on procedure_proposal (folder) where state = 'waiting';
create index procedure_proposal_folder on procedure_proposal (folder, id desc);

-- The projects that want two owners for every publication.
create table procedure_four_eyes (
    project_id bigint primary key references project (id) on delete cascade,
    set_by bigint not null references account (id),
    set_at timestamptz not null
);
