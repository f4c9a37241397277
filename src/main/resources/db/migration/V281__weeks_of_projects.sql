-- Weeks and days are those of the place where the work is done: what falls due at the end of a Friday in Toronto falls due on
-- that Friday, and not on Saturday, which it is by then in UTC.
create or replace view procedure_week_part as
select date_trunc('week', r.began_at at time zone coalesce(p.zone, 'UTC'))::date as week, r.began_at as at, r.id as run_id, r.case_code,
       r.definition_id, r.project_id, r.office, 1 as begun, 0 as finished, 0 as cancelled, 0::bigint as seconds
  from procedure_run r
  left join project p on p.id = r.project_id
union all
select date_trunc('week', r.ended_at at time zone coalesce(p.zone, 'UTC'))::date, r.ended_at, r.id, r.case_code,
       r.definition_id, r.project_id, r.office, 0, (not r.cancelled)::int, r.cancelled::int,
       extract(epoch from r.ended_at - r.began_at)::bigint
  from procedure_run r
  left join project p on p.id = r.project_id
 where r.ended_at is not null;

create or replace view procedure_step_week_part as
select date_trunc('week', s.left_at at time zone coalesce(p.zone, 'UTC'))::date as week, s.left_at as at, s.run_id, s.definition_id,
       s.element, s.project_id, s.office, 1 as visits, s.cancelled::int as cancelled,
       extract(epoch from s.left_at - s.entered_at)::bigint as seconds,
       (s.due_at is not null and not s.cancelled)::int as dated,
       coalesce(s.left_at > s.due_at and not s.cancelled, false)::int as late
  from procedure_step s
  left join project p on p.id = s.project_id
 where s.left_at is not null and s.kind !~ '(ubProcess|multiInstanceBody)';

-- What is late is counted by UTC's day, since it is only asked which days have passed everywhere; no page shows that day.
create or replace view procedure_share as
select r.id as run_id, c.kind, r.definition_id, r.project_id, r.office, c.key
  from procedure_run r
  cross join lateral (values ('state', r.state),
                             ('late', (r.due_at at time zone 'UTC')::date::text)) c (kind, key)
 where r.ended_at is null and c.key is not null
union all
select s.run_id, c.kind, r.definition_id, r.project_id, r.office, c.key
  from procedure_step s
  join procedure_run r on r.id = s.run_id
  left join project p on p.id = r.project_id
  cross join lateral (values ('due', (s.due_at at time zone coalesce(p.zone, 'UTC'))::date::text),
                             ('age', date_trunc('week', s.entered_at at time zone coalesce(p.zone, 'UTC'))::date::text),
                             ('worker', coalesce(s.assignee::text, ''))) c (kind, key)
 where s.left_at is null and s.kind = 'userTask' and r.ended_at is null and c.key is not null;

-- Counts what is open in one project anew, or in all of them. Who moves a procedure meanwhile waits, and adds to the new sums.
create function count_open_procedures(of_project bigint) returns void language plpgsql as $$
begin
    lock table procedure_tally in share row exclusive mode;
    delete from procedure_tally where of_project is null or project_id = of_project;
    insert into procedure_tally (kind, definition_id, project_id, office, key, n)
    select kind, definition_id, project_id, office, key, count(*)
      from procedure_share where of_project is null or project_id = of_project
     group by kind, definition_id, project_id, office, key;
end $$;

-- A project that moves to another zone has other days from then on; weeks that are summed already keep theirs.
create function count_after_zone_change() returns trigger language plpgsql as $$
begin
    perform count_open_procedures(new.id);
    return null;
end $$;
create trigger project_zone_changed after update of zone on project
    for each row when (old.zone is distinct from new.zone) execute function count_after_zone_change();

-- What was counted by UTC until now is counted anew; the sums are made again with the next look.
select count_open_procedures(null);
delete from procedure_week;
delete from procedure_step_week;
delete from procedure_summed;

-- Late tasks are asked for by project: of one project, few are read.
drop index procedure_step_late;
create index procedure_step_late on procedure_step (project_id, due_at) include (assignee, office)
    where left_at is null and due_at is not null;

-- The overview reads the days ahead, not every day.
drop index procedure_tally_of;
create index procedure_tally_of on procedure_tally (kind, project_id, key);
