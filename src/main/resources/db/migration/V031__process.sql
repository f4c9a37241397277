-- Without this index the pick-up of due timers collapses once many lie in the future: the engine's own tables lack it.
create index act_idx_job_due on engine.act_ru_job (duedate_) where retries_ > 0;

-- What each date of a procedure was computed from.
create table deadline (
    id bigint generated always as identity primary key,
    case_code text not null,
    label text not null,
    opens_at timestamptz not null,
    due_at timestamptz not null,
    explanation jsonb not null,
    recorded_at timestamptz not null
);
create index deadline_case on deadline (case_code, due_at);

-- Which version of a folder of procedures came with a release, and which was published by its owner. The order is that
-- of publication, whatever a clock said.
create table deployment (
    id bigint generated always as identity primary key,
    engine_id text not null unique,
    folder text not null,
    origin text not null check (origin in ('seed', 'owner')),
    content_hash text not null,
    deployed_at timestamptz not null
);
create index deployment_folder on deployment (folder, id desc);
