-- Which statuses start which procedure when a case is given them (C52).
create table status_automation (
    project_id  bigint not null references project (id),
    status_id   bigint not null references project_status (id),
    process_key text   not null,
    primary key (status_id, process_key)
);
create index status_automation_project on status_automation (project_id);

-- What was started, so that automations which lead back to one another come to an end.
create table status_automation_run (
    id          bigint generated always as identity primary key,
    case_code   text        not null references case_file (code),
    process_key text        not null,
    started_at  timestamptz not null
);
create index status_automation_run_case on status_automation_run (case_code, process_key, started_at);
