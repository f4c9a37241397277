-- Values of a file's good rows as they are kept, between the check and the storing.
create table attribute_load_value (
    load_id      bigint not null references attribute_load (id) on delete cascade,
    row_no       int    not null,
    column_no    int    not null,
    case_id      bigint not null,
    attribute_id bigint not null,
    kind         text   not null,
    value        text   not null,
    primary key (load_id, row_no, attribute_id)
);
