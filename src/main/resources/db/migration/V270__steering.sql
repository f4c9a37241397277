-- What people did to running procedures, with their reasons; the activity log has the fact without the reason.
create table steering_deed (
    id               bigint generated always as identity primary key,
    root_instance_id text        not null,
    project_id       bigint      not null,
    case_code        text,
    action           text        not null,
    by_account       bigint      not null references account (id),
    at               timestamptz not null,
    reason           text        not null,
    -- codes, dates and names of steps for the words of the entry
    details          jsonb       not null default '{}'
);
create index steering_deed_of_instance on steering_deed (root_instance_id, id desc);

-- The same done to many procedures: chosen and shown before it begins, done in committed steps, kept with what became of each.
create table steering_batch (
    id          bigint generated always as identity primary key,
    by_account  bigint      not null references account (id),
    action      text        not null check (action in ('retry', 'suspend', 'resume', 'cancel')),
    reason      text        not null default '',
    state       text        not null default 'chosen' check (state in ('chosen', 'running', 'done')),
    total       int         not null default 0,
    changed     int         not null default 0,
    skipped     int         not null default 0,
    created_at  timestamptz not null,
    finished_at timestamptz,
    check (changed + skipped <= total),
    check ((state = 'done') = (finished_at is not null))
);

create table steering_row (
    batch_id         bigint not null references steering_batch (id) on delete cascade,
    position         int    not null,
    root_instance_id text   not null,
    project_id       bigint not null,
    process_key      text   not null,
    case_code        text,
    -- empty when it was done, else why it was skipped; null until its turn has come
    why              text,
    primary key (batch_id, position),
    unique (batch_id, root_instance_id)
);
create index steering_row_to_do on steering_row (batch_id, position) where why is null;

-- Why steps could not be done: one row for each cause, told once while it lasts.
create table incident_cause (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null,
    process_key text        not null,
    element     text        not null,
    kind        text        not null,
    first_at    timestamptz not null,
    told_at     timestamptz,
    unique (project_id, process_key, element, kind)
);

-- What could not be done and waits for a person, written and taken away together with the engine's incidents.
create table procedure_incident (
    id               text primary key,
    cause_id         bigint      not null references incident_cause (id),
    job_id           text,
    instance_id      text        not null,
    root_instance_id text        not null,
    definition_id    text        not null,
    project_id       bigint      not null,
    case_code        text,
    since            timestamptz not null
);
create index procedure_incident_cause on procedure_incident (cause_id, since);
create index procedure_incident_root on procedure_incident (root_instance_id);
create index procedure_incident_project on procedure_incident (project_id);
