-- Sums of what is over, by the week in which it began, was left or ended: days that are gone are added once, by
-- sum_procedures, and what came after them is read row by row. Weeks begin on Mondays; days are UTC's, since one sum covers
-- offices of many zones.
create table procedure_week (
    week          date   not null,
    definition_id text   not null,
    project_id    bigint,
    office        text,
    begun         int    not null,
    finished      int    not null,
    cancelled     int    not null,
    seconds       bigint not null -- that those which ended took
);
create unique index procedure_week_of on procedure_week (week, definition_id, project_id, office) nulls not distinct;

create table procedure_step_week (
    week          date   not null,
    definition_id text   not null,
    element       text   not null,
    project_id    bigint,
    office        text,
    visits        int    not null,
    cancelled     int    not null,
    seconds       bigint not null,
    dated         int    not null, -- had an end by which to be done
    late          int    not null  -- and were done after it
);
create unique index procedure_step_week_of
    on procedure_step_week (definition_id, week, element, project_id, office) nulls not distinct;

-- The first day that is not in the sums.
create table procedure_summed (
    one  boolean primary key default true check (one),
    next date not null
);

create view procedure_week_part as
select date_trunc('week', r.began_at at time zone 'UTC')::date as week, r.began_at as at, r.id as run_id, r.case_code,
       r.definition_id, r.project_id, r.office, 1 as begun, 0 as finished, 0 as cancelled, 0::bigint as seconds
  from procedure_run r
union all
select date_trunc('week', r.ended_at at time zone 'UTC')::date, r.ended_at, r.id, r.case_code,
       r.definition_id, r.project_id, r.office, 0, (not r.cancelled)::int, r.cancelled::int,
       extract(epoch from r.ended_at - r.began_at)::bigint
  from procedure_run r
 where r.ended_at is not null;

create view procedure_step_week_part as
select date_trunc('week', s.left_at at time zone 'UTC')::date as week, s.left_at as at, s.run_id, s.definition_id, s.element,
       s.project_id, s.office, 1 as visits, s.cancelled::int as cancelled,
       extract(epoch from s.left_at - s.entered_at)::bigint as seconds,
       (s.due_at is not null and not s.cancelled)::int as dated,
       coalesce(s.left_at > s.due_at and not s.cancelled, false)::int as late
  from procedure_step s
 where s.left_at is not null and s.kind !~ '(ubProcess|multiInstanceBody)'; -- frames would count what is inside once more

-- Adds the days before "until" that are not in the sums yet, and forgets procedures that the history may forget. Only one
-- at a time; whoever comes second finds nothing left to do. A day may be summed once no transaction of it can still be
-- under way.
create function sum_procedures(until date) returns void language plpgsql as $$
declare
    since date;
    from_at timestamptz;
    until_at timestamptz := until::timestamp at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(726241);
    select s.next into since from procedure_summed s;
    if since >= until then
        return;
    end if;
    from_at := coalesce(since::timestamp at time zone 'UTC', '-infinity'::timestamptz);
    insert into procedure_week as w (week, definition_id, project_id, office, begun, finished, cancelled, seconds)
    select p.week, p.definition_id, p.project_id, p.office, sum(p.begun), sum(p.finished), sum(p.cancelled), sum(p.seconds)
      from procedure_week_part p
     where p.at >= from_at and p.at < until_at
     group by p.week, p.definition_id, p.project_id, p.office
    on conflict (week, definition_id, project_id, office) do update
       set begun = w.begun + excluded.begun, finished = w.finished + excluded.finished,
           cancelled = w.cancelled + excluded.cancelled, seconds = w.seconds + excluded.seconds;
    insert into procedure_step_week as w
           (week, definition_id, element, project_id, office, visits, cancelled, seconds, dated, late)
    select p.week, p.definition_id, p.element, p.project_id, p.office,
           sum(p.visits), sum(p.cancelled), sum(p.seconds), sum(p.dated), sum(p.late)
      from procedure_step_week_part p
     where p.at >= from_at and p.at < until_at
     group by p.week, p.definition_id, p.element, p.project_id, p.office
    on conflict (definition_id, week, element, project_id, office) do update
       set visits = w.visits + excluded.visits, cancelled = w.cancelled + excluded.cancelled,
           seconds = w.seconds + excluded.seconds, dated = w.dated + excluded.dated, late = w.late + excluded.late;
    insert into procedure_summed as s (next) values (until) on conflict (one) do update set next = excluded.next;
    with gone as (delete from procedure_run where removal_at < until_at returning id)
    delete from procedure_step where run_id in (select id from gone);
end $$;

-- Draws the lines of the open sums together.
create function draw_tally_together() returns void language plpgsql as $$
begin
    if pg_try_advisory_xact_lock(726242) then
        with drawn as (
            delete from procedure_tally t where t.id <= (select max(id) from procedure_tally)
            returning t.kind, t.definition_id, t.project_id, t.office, t.key, t.n)
        insert into procedure_tally (kind, definition_id, project_id, office, key, n)
        select kind, definition_id, project_id, office, key, sum(n)
          from drawn group by kind, definition_id, project_id, office, key
        having sum(n) <> 0;
    end if;
end $$;

-- Frames are left out of what is open, too.
drop index procedure_step_open;
create index procedure_step_open on procedure_step (definition_id, element, project_id)
    include (office, entered_at, due_at, run_id) where left_at is null and kind !~ '(ubProcess|multiInstanceBody)';

-- The same as before, and writes a procedure's own row only where it changes: a dozen indexes stand on it.
create or replace function keep_procedures(instances text[], steps text[], tasks_changed text[]) returns void language plpgsql
    set plan_cache_mode = force_generic_plan -- planning anew for each list of ids took ten times as long as the work
as $$
declare
    runs text[];
    wanted text[];
    before procedure_share[];
begin
    select array_agg(distinct coalesce(p.root_proc_inst_id_, p.proc_inst_id_)) into runs
      from engine.act_hi_procinst p where p.proc_inst_id_ = any(instances);
    if runs is null then
        return;
    end if;
    perform 1 from procedure_run where id = any(runs) order by id for update;
    select array_agg(s) into before from procedure_share s where s.run_id = any(runs);

    insert into procedure_run as r (id, process_key, version, definition_id, deployment_id, project_id, case_code, began_at,
                               ended_at, ending, cancelled, suspended, removal_at)
    select id, process_key, version, definition_id, deployment_id, project_id, case_code, began_at,
           ended_at, ending, cancelled, suspended, removal_at
      from procedure_run_truth where id = any(runs)
    on conflict (id) do update
       set process_key = excluded.process_key, version = excluded.version, definition_id = excluded.definition_id,
           deployment_id = excluded.deployment_id, project_id = excluded.project_id, case_code = excluded.case_code,
           began_at = excluded.began_at, ended_at = excluded.ended_at, ending = excluded.ending,
           cancelled = excluded.cancelled, suspended = excluded.suspended, removal_at = excluded.removal_at
     where (r.process_key, r.version, r.definition_id, r.deployment_id, r.project_id, r.case_code, r.began_at, r.ended_at,
            r.ending, r.cancelled, r.suspended, r.removal_at)
           is distinct from
           (excluded.process_key, excluded.version, excluded.definition_id, excluded.deployment_id, excluded.project_id,
            excluded.case_code, excluded.began_at, excluded.ended_at, excluded.ending, excluded.cancelled,
            excluded.suspended, excluded.removal_at);

    if steps is null then
        delete from procedure_step s
         where s.run_id = any(runs) and not exists (select 1 from procedure_step_truth t where t.id = s.id);
        wanted := array(select a.id_ from engine.act_hi_actinst a where a.root_proc_inst_id_ = any(runs));
    else
        wanted := steps || array(select i.act_inst_id_ from engine.act_hi_taskinst i where i.id_ = any(tasks_changed));
    end if;
    insert into procedure_step (id, run_id, instance_id, definition_id, element, kind, entered_at, left_at, cancelled,
                                due_at, task_id, assignee, project_id, office, sequence)
    select t.id, t.run_id, t.instance_id, t.definition_id, t.element, t.kind, t.entered_at, t.left_at, t.cancelled,
           t.due_at, t.task_id, t.assignee, r.project_id, r.office, t.sequence
      from procedure_step_truth t
      join procedure_run r on r.id = t.run_id
     where t.id = any(wanted)
    on conflict (id) do update
       set run_id = excluded.run_id, instance_id = excluded.instance_id, definition_id = excluded.definition_id,
           element = excluded.element, kind = excluded.kind, entered_at = excluded.entered_at,
           left_at = excluded.left_at, cancelled = excluded.cancelled, due_at = excluded.due_at,
           task_id = excluded.task_id, assignee = excluded.assignee, project_id = excluded.project_id,
           office = excluded.office, sequence = excluded.sequence;

    update procedure_run r
       set tasks = n.tasks, due_at = n.due_at, failures = n.failures, path = n.path
      from (select o.id, o.tasks, o.due_at,
                   case when o.ended_at is null then
                       (select count(*) from engine.act_hi_incident i
                         where i.root_proc_inst_id_ = o.id and i.incident_state_ = 0
                           and coalesce(i.root_cause_incident_id_, i.id_) = i.id_) else 0 end as failures,
                   case when o.ended_at is not null then
                       (select string_agg(f.element, ' ' order by f.entered_at, f.sequence, f.id)
                          from (select distinct on (s.element) s.element, s.entered_at, s.sequence, s.id
                                  from procedure_step s
                                 where s.run_id = o.id and s.instance_id = o.id
                                   and s.kind ~ '(Task|callActivity|EndEvent|Catch|intermediate|boundary)'
                                 order by s.element, s.entered_at, s.sequence, s.id) f) end as path
              from (select w.id, w.ended_at, s.tasks, s.due_at
                      from unnest(runs) as touched (id)
                      join procedure_run w on w.id = touched.id
                      cross join lateral (
                          select count(*) as tasks, min(x.due_at) as due_at
                            from procedure_step x
                           where x.run_id = touched.id and x.left_at is null and x.kind = 'userTask') s) o) n
     where r.id = n.id
       and (r.tasks, r.due_at, r.failures, r.path) is distinct from (n.tasks::int, n.due_at, n.failures::int, n.path);

    insert into procedure_tally (kind, definition_id, project_id, office, key, n)
    select x.kind, x.definition_id, x.project_id, x.office, x.key, sum(x.n)
      from (select b.kind, b.definition_id, b.project_id, b.office, b.key, -1 as n from unnest(before) b
            union all
            select s.kind, s.definition_id, s.project_id, s.office, s.key, 1
              from procedure_share s where s.run_id = any(runs)) x
     group by x.kind, x.definition_id, x.project_id, x.office, x.key
    having sum(x.n) <> 0;
end $$;

-- What service levels are asked for: the dates that were promised in a period.
create index deadline_by_label on deadline (label, due_at);
create index complaint_promised on complaint (due_at);
create index referral_follow_up_promised on referral_follow_up (due_at);
