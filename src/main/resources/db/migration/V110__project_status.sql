-- Each project's own statuses (C47), the changes between them that a role may make (C51), its reasons for closing (C48)
-- and its rule for opening closed cases again (C56).

create table project_status (
    id         bigint generated always as identity primary key,
    project_id bigint  not null references project (id),
    key        text    not null check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    -- where a case of this status stands, in the words that procedures know; it never changes once cases are in it
    category   text    not null check (category in ('new', 'assigned', 'waiting-for-capacity', 'in-progress', 'pending', 'closed')),
    name_en    text    not null check (name_en <> ''),
    name_es    text    not null check (name_es <> ''),
    name_it    text    not null check (name_it <> ''),
    colour     text    not null check (colour in ('calm', 'soon', 'late', 'done', 'plain')),
    position   int     not null,
    -- cases keep a retired status, but none is given it any more
    retired_at timestamptz,
    version    int     not null default 0,
    unique (project_id, key),
    unique (id, project_id, category)
);

create table project_transition (
    project_id  bigint not null references project (id),
    from_status bigint not null references project_status (id),
    to_status   bigint not null references project_status (id),
    role        text   not null,
    primary key (from_status, to_status, role),
    check (from_status <> to_status)
);
create index project_transition_project on project_transition (project_id);
create index project_transition_to on project_transition (to_status);

create table project_closing_reason (
    id         bigint generated always as identity primary key,
    project_id bigint  not null references project (id),
    key        text    not null check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    name_en    text    not null check (name_en <> ''),
    name_es    text    not null check (name_es <> ''),
    name_it    text    not null check (name_it <> ''),
    -- whether people may choose it; the others are what a procedure found out, or are no longer used
    offered    boolean not null,
    needs_note boolean not null default false,
    position   int     not null,
    version    int     not null default 0,
    unique (project_id, key)
);

alter table project
    add column reopen_roles text[] not null default '{coordinator,supervisor}',
    add column reopen_days  int check (reopen_days >= 0);

create function add_project_statuses(project bigint) returns void language sql as $$
    insert into project_status (project_id, key, category, name_en, name_es, name_it, colour, position) values
        (project, 'new', 'new', 'New', 'Nuevo', 'Nuovo', 'calm', 10),
        (project, 'assigned', 'assigned', 'Assigned', 'Asignado', 'Assegnato', 'soon', 20),
        (project, 'waiting-for-capacity', 'waiting-for-capacity', 'Waiting for capacity', 'En espera de capacidad',
         'In attesa di capacità', 'plain', 30),
        (project, 'in-progress', 'in-progress', 'In progress', 'En curso', 'In corso', 'soon', 40),
        (project, 'pending', 'pending', 'Pending', 'Pendiente', 'In sospeso', 'plain', 50),
        (project, 'closed', 'closed', 'Closed', 'Cerrado', 'Chiuso', 'plain', 60);
    -- who waits for capacity starts when there is room or a supervisor says so, not by a change of status
    insert into project_transition (project_id, from_status, to_status, role)
    select project, f.id, t.id, r.role
      from project_status f
      join project_status t on t.project_id = f.project_id and t.id <> f.id
     cross join (values ('caseworker'), ('coordinator'), ('supervisor')) r (role)
     where f.project_id = project
       and (f.category, t.category) in (
           ('new', 'in-progress'), ('new', 'pending'), ('new', 'closed'),
           ('assigned', 'in-progress'), ('assigned', 'pending'), ('assigned', 'closed'),
           ('waiting-for-capacity', 'closed'),
           ('in-progress', 'pending'), ('in-progress', 'closed'),
           ('pending', 'in-progress'), ('pending', 'closed'),
           ('closed', 'in-progress'));
    insert into project_closing_reason (project_id, key, name_en, name_es, name_it, offered, needs_note, position) values
        (project, 'withdrawn', 'The client withdrew', 'El cliente se retiró', 'Il cliente si è ritirato', true, false, 10),
        (project, 'transferred', 'Moved to another service', 'Trasladado a otro servicio', 'Trasferito a un altro servizio',
         true, false, 20),
        (project, 'deceased', 'The client has died', 'El cliente falleció', 'Il cliente è deceduto', true, false, 30),
        (project, 'closed-by-hand', 'Another reason', 'Otra razón', 'Altro motivo', true, true, 40),
        (project, 'no-contact', 'No contact', 'Sin contacto', 'Mancato contatto', false, false, 50),
        (project, 'declined', 'The client declined', 'El cliente no aceptó', 'Il cliente ha rifiutato', false, false, 60),
        (project, 'transferred-to-group', 'Moved to group service', 'Trasladado a servicio grupal',
         'Passato al servizio di gruppo', false, false, 70),
        (project, 'handed-over', 'Handed over to another service', 'Entregado a otro servicio',
         'Affidato a un altro servizio', false, false, 80),
        (project, 'refused', 'The intake was not accepted', 'La remisión no fue aceptada',
         'La segnalazione non è stata accettata', false, false, 90);
$$;

-- No project is ever without the statuses that procedures need, however it came to be.
create function new_project_statuses() returns trigger language plpgsql as $$
begin
    perform add_project_statuses(new.id);
    return null;
end $$;
create trigger project_has_statuses after insert on project for each row execute function new_project_statuses();

select add_project_statuses(id) from project;

alter table case_file add column status_id bigint;
update case_file c set status_id = s.id from project_status s where s.project_id = c.project_id and s.category = c.status;
alter table case_file
    alter column status_id set not null,
    drop constraint case_file_status_check,
    -- the category beside the status is always the status's own
    add constraint case_file_status_of_project foreign key (status_id, project_id, status)
        references project_status (id, project_id, category),
    add constraint case_file_closing_reason_of_project foreign key (project_id, closing_reason)
        references project_closing_reason (project_id, key);
create index case_file_by_project_status on case_file (project_id, status_id, opened_at desc, id desc);

-- Why closed cases were opened again (C55).
create table case_reopening (
    id          bigint generated always as identity primary key,
    case_id     bigint      not null references case_file (id),
    reopened_by bigint      references account (id),
    reopened_at timestamptz not null,
    reason      text        not null
);
create index case_reopening_case on case_reopening (case_id);
