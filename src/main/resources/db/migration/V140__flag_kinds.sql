-- What flags a project raises, by which names and colours, and what to do when one is up (C74).
create table flag_kind (
    id            bigint generated always as identity primary key,
    project_id    bigint  not null references project (id),
    key           text    not null check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    name_en       text    not null check (name_en <> ''),
    name_es       text    not null check (name_es <> ''),
    name_it       text    not null check (name_it <> ''),
    colour        text    not null check (colour in ('late', 'soon', 'calm', 'done', 'plain')),
    -- what everybody who sees the flag has to do or to leave
    protocol      text    not null default '',
    -- whether a supervisor has to look before a file is closed for want of contact
    stops_closing boolean not null default false,
    -- whether the procedures raise or ask for it by its key, so that it may be renamed but not retired
    of_procedures boolean not null default false,
    position      int     not null,
    retired_at    timestamptz,
    version       int     not null default 0,
    unique (project_id, key),
    check (retired_at is null or not of_procedures)
);

-- The kinds that the procedures know exist in every project, whoever sets it up.
create function begin_flag_kinds(project bigint) returns void
    language sql as
$$
insert into flag_kind (project_id, key, name_en, name_es, name_it, colour, stops_closing, of_procedures, position)
values (project, 'risk', 'risk', 'riesgo', 'rischio', 'late', true, true, 10),
       (project, 'safeguarding', 'safeguarding', 'protección', 'tutela', 'late', true, true, 20),
       (project, 'find-another-number', 'find another number', 'buscar otro número', 'cercare un altro numero',
        'soon', false, true, 30),
       (project, 'interpreter', 'interpreter', 'intérprete', 'interprete', 'soon', false, false, 40),
       (project, 'housing', 'housing at risk', 'riesgo de vivienda', 'rischio abitativo', 'soon', false, false, 50)
on conflict (project_id, key) do nothing
$$;

select begin_flag_kinds(id) from project;

create function begin_flag_kinds_of_new_project() returns trigger
    language plpgsql as
$$
begin
    perform begin_flag_kinds(new.id);
    return null;
end
$$;
create trigger project_begins_with_flag_kinds
    after insert on project
    for each row execute function begin_flag_kinds_of_new_project();
