-- The open tasks as lists need them: one row a task, written by the engine's listeners in the engine's transaction.
create table work_item (
    id                  text primary key,
    process_instance_id text        not null,
    root_instance_id    text        not null,
    definition_id       text        not null,
    root_definition_id  text        not null,
    process_key         text        not null,
    root_process_key    text        not null,
    element             text        not null,
    calling_element     text,
    root_element        text        not null,
    form                text,
    title               text        not null,
    title_arguments     jsonb       not null,
    case_code           text,
    project_id          bigint,
    teams               text[]      not null,
    assignee            bigint,
    opens_at            timestamptz,
    due_at              timestamptz,
    created_at          timestamptz not null,
    priority            int         not null,
    kind                text        not null check (kind in ('task', 'call')),
    -- What has no due end stands last, so that one order serves every list.
    sort_at             timestamptz not null generated always as (coalesce(due_at, 'infinity'::timestamptz)) stored
);
create index work_item_by_assignee on work_item (assignee, sort_at, id) where assignee is not null;
create index work_item_by_project on work_item (project_id, sort_at, id);
create index work_item_unassigned on work_item (project_id, sort_at, id) where assignee is null;
create index work_item_calls on work_item (project_id, sort_at, id) where kind = 'call';
create index work_item_by_case on work_item (case_code);

-- What became of a task, so that whoever comes late is told who was first, and a repeated request is answered once.
create table work_done (
    id              text primary key,
    process_key     text        not null,
    element         text        not null,
    calling_element text,
    title           text        not null,
    title_arguments jsonb       not null,
    case_code       text,
    project_id      bigint,
    teams           text[]      not null,
    assignee        bigint,
    ended_at        timestamptz not null,
    completed       boolean     not null,
    completed_by    bigint,
    answers_digest  text,
    next_path       text
);
create index work_done_by_case on work_done (case_code, ended_at);

-- Half-filled forms. Kept by the place in the procedure, so that a task that is opened again finds them.
create table task_draft (
    process_instance_id text        not null,
    element             text        not null,
    account_id          bigint      not null references account (id),
    answers             jsonb       not null,
    saved_at            timestamptz not null,
    primary key (process_instance_id, element, account_id)
);

-- Answers to fields that a process owner added and no module knows.
create table form_answer (
    id          bigint generated always as identity primary key,
    task_id     text        not null,
    case_code   text,
    project_id  bigint,
    form        text        not null,
    definition  text        not null,
    key         text        not null,
    label       text        not null,
    value       jsonb       not null,
    answered_by bigint,
    answered_at timestamptz not null
);
create index form_answer_by_case on form_answer (case_code, answered_at);
