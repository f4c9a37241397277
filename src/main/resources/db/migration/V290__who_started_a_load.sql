-- Who had a file checked or stored, where it was not whoever gave it: the work goes on in the background, and asks then
-- whether they still may.
alter table attribute_load add column started_by bigint references account (id);

alter table directory_load
    add column started_by bigint references account (id),
    drop constraint directory_load_state_check,
    add constraint directory_load_state_check
        check (state in ('given', 'reading', 'checked', 'unreadable', 'storing', 'stored', 'stopped'));
