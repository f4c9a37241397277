-- What came of playing a scenario on some files: the same files go the same way, so it is played once for all nodes.
create table scenario_outcome (
    -- Digest of the files, the scenario and the calendar by which it goes.
    key        text        primary key,
    trace      jsonb       not null,
    difference jsonb,
    played_at  timestamptz not null
);

-- Who plays the scenarios of a folder's draft just now, and which. A node that died no longer stirs, and another goes on.
create table scenario_round (
    folder     text        primary key,
    files      text        not null,
    node       uuid        not null,
    playing    text        not null,
    failed     boolean     not null default false,
    stirred_at timestamptz not null
);
