-- What a project keeps about its cases beyond what every project keeps (C69 to C71).
create table attribute (
    id         bigint generated always as identity primary key,
    project_id bigint  not null references project (id),
    key        text    not null check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    kind       text    not null check (kind in ('text', 'number', 'date', 'choice', 'yes-no', 'external-id')),
    name_en    text    not null check (name_en <> ''),
    name_es    text    not null check (name_es <> ''),
    name_it    text    not null check (name_it <> ''),
    hint       text    not null default '',
    -- the other system that gave out an external id, and nothing for other kinds
    system     text    not null default '',
    required   boolean not null default false,
    position   int     not null,
    retired_at timestamptz,
    version    int     not null default 0,
    unique (project_id, key),
    -- so that values can say of which kind they are, and a kind with values cannot change
    unique (id, kind),
    check ((kind = 'external-id') = (system <> ''))
);
-- One attribute for a system's ids: then an id is unique within project and system where it is within its attribute.
create unique index attribute_one_per_system on attribute (project_id, lower(system)) where kind = 'external-id';

-- The answers of an attribute with a choice.
create table attribute_choice (
    attribute_id bigint not null references attribute (id) on delete cascade,
    key          text   not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name_en      text   not null check (name_en <> ''),
    name_es      text   not null check (name_es <> ''),
    name_it      text   not null check (name_it <> ''),
    position     int    not null,
    retired_at   timestamptz,
    primary key (attribute_id, key)
);

-- Values: a text, the key of a choice, "yes" or "no", or an external id in value_text; a number or a day in its own column.
create table case_attribute (
    case_id      bigint not null references case_file (id),
    attribute_id bigint not null,
    kind         text   not null,
    value_text   text,
    value_number numeric,
    value_date   date,
    primary key (case_id, attribute_id),
    foreign key (attribute_id, kind) references attribute (id, kind),
    check ((value_number is not null) = (kind = 'number')),
    check ((value_date is not null) = (kind = 'date')),
    check ((value_text is not null) = (kind in ('text', 'choice', 'yes-no', 'external-id'))),
    check (kind <> 'yes-no' or value_text in ('yes', 'no'))
);
create unique index case_attribute_external_id on case_attribute (attribute_id, value_text) where kind = 'external-id';
create index case_attribute_text on case_attribute (attribute_id, value_text, case_id) where kind in ('choice', 'yes-no');
create index case_attribute_free_text on case_attribute using gin (value_text gin_trgm_ops)
    where kind in ('text', 'external-id');
create index case_attribute_number on case_attribute (attribute_id, value_number, case_id) where kind = 'number';
create index case_attribute_date on case_attribute (attribute_id, value_date, case_id) where kind = 'date';

-- A file of values on its way onto cases: read, then checked without changing anything, then stored.
create table attribute_load (
    id           bigint generated always as identity primary key,
    project_id   bigint      not null references project (id),
    file_name    text        not null,
    encoding     text        not null,
    separator    text        not null,
    header       text[]      not null,
    -- what each column holds: an attribute's id as digits, "case-code", "match:<attribute id>", or empty for nothing
    mapping      text[]      not null,
    state        text        not null check (state in ('read', 'checking', 'checked', 'storing', 'stored', 'stopped')),
    row_count    int         not null,
    -- how far the present run has come, as a line of the table of rows
    done_to      int         not null default 0,
    changed      int         not null default 0,
    unchanged    int         not null default 0,
    bad          int         not null default 0,
    loaded_by    bigint      not null references account (id),
    loaded_at    timestamptz not null,
    finished_at  timestamptz,
    version      int         not null default 0
);
create index attribute_load_project on attribute_load (project_id, id desc);

create table attribute_load_row (
    load_id bigint not null references attribute_load (id) on delete cascade,
    -- counted from 1 for the first row below the header
    row_no  int    not null,
    -- the line of the file on which the row begins: a quoted field may hold line breaks
    line    int    not null,
    cells   text[] not null,
    primary key (load_id, row_no)
);

create table attribute_load_problem (
    load_id   bigint not null references attribute_load (id) on delete cascade,
    row_no    int    not null,
    line      int    not null,
    -- counted from 1; 0 where the row as a whole is wrong
    column_no int    not null,
    problem   text   not null,
    value     text   not null default '',
    primary key (load_id, row_no, column_no, problem)
);

-- What a value was before and after, and by whom; what was typed stays here and out of the activity log.
create table case_attribute_change (
    id           bigint generated always as identity primary key,
    case_id      bigint      not null references case_file (id),
    attribute_id bigint      not null references attribute (id),
    before       text,
    after        text,
    changed_at   timestamptz not null,
    changed_by   bigint      references account (id),
    load_id      bigint      references attribute_load (id)
);
create index case_attribute_change_case on case_attribute_change (case_id, id desc);
