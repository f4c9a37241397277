-- How many cases a project has, so that its overview need not read them all. Each change adds a row instead of altering one,
-- so that nobody waits for anybody; now and then the rows of a project are drawn together.
create table case_tally (
    project_id bigint  not null references project (id),
    closed     boolean not null,
    assigned   boolean not null,
    cases      bigint  not null
);
create index case_tally_project on case_tally (project_id);

-- Rows that another transaction draws together just now are left to it.
create function case_tally_drawn_together(project bigint) returns void
    language plpgsql as
$$
begin
    if (select count(*) from case_tally where project_id = project) > 100 then
        with gone as (
            delete from case_tally t
             where t.ctid = any(array(select ctid from case_tally where project_id = project for update skip locked))
            returning t.closed, t.assigned, t.cases
        )
        insert into case_tally (project_id, closed, assigned, cases)
        select project, closed, assigned, sum(cases) from gone group by closed, assigned having sum(cases) <> 0;
    end if;
end
$$;

create function case_file_counted() returns trigger
    language plpgsql as
$$
begin
    insert into case_tally (project_id, closed, assigned, cases)
    select project_id, status = 'closed', assignee is not null, case tg_op when 'DELETE' then -1 else 1 end * count(*)
      from counted group by 1, 2, 3;
    perform case_tally_drawn_together(project_id) from (select distinct project_id from counted) those;
    return null;
end
$$;

create trigger case_file_counted_new
    after insert on case_file referencing new table as counted
    for each statement execute function case_file_counted();
create trigger case_file_counted_gone
    after delete on case_file referencing old table as counted
    for each statement execute function case_file_counted();

create function case_file_counted_again() returns trigger
    language plpgsql as
$$
begin
    insert into case_tally (project_id, closed, assigned, cases)
    values (old.project_id, old.status = 'closed', old.assignee is not null, -1),
           (new.project_id, new.status = 'closed', new.assignee is not null, 1);
    perform case_tally_drawn_together(new.project_id);
    return null;
end
$$;

create trigger case_file_counted_again
    after update on case_file
    for each row
    when (old.project_id <> new.project_id or (old.status = 'closed') <> (new.status = 'closed')
          or (old.assignee is null) <> (new.assignee is null))
    execute function case_file_counted_again();

insert into case_tally (project_id, closed, assigned, cases)
select project_id, status = 'closed', assignee is not null, count(*) from case_file group by 1, 2, 3;
