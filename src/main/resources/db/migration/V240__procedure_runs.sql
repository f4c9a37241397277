-- What managers watch: one row for each procedure that was begun, and one for each step that it came to. Called procedures
-- belong to the procedure that was begun. All of it is read off the engine's own history, in the engine's transaction, by
-- keep_procedures below; nothing else writes here.
create table procedure_run (
    id            text primary key, -- the root instance's id
    process_key   text        not null,
    version       int         not null,
    definition_id text        not null,
    deployment_id text        not null,
    project_id    bigint,
    case_code     text,
    -- a petition's number begins with the code of its office, which has a digit where a case's project has none
    office        text generated always as (substring(case_code from '^([A-Z]{2,6}[0-9])-[0-9]{4}-')) stored,
    began_at      timestamptz not null,
    ended_at      timestamptz,
    ending        text,       -- the end event that it reached
    cancelled     boolean     not null,
    suspended     boolean     not null,
    tasks         int         not null default 0, -- open tasks of people
    failures      int         not null default 0, -- what could not be done and waits for help
    due_at        timestamptz,                    -- the earliest end of its open tasks
    path          text,                           -- once ended: its steps in the order of their first visit
    removal_at    timestamptz,                    -- when the history may forget it
    state         text        not null generated always as (
        case when ended_at is not null and cancelled then 'cancelled'
             when ended_at is not null then 'finished'
             when failures > 0 then 'failed'
             when suspended then 'suspended'
             when tasks > 0 then 'working'
             else 'waiting' end) stored
);

create table procedure_step (
    id            text primary key, -- the activity instance's id
    run_id        text        not null,
    instance_id   text        not null,
    definition_id text        not null, -- of the instance in which it stands, which may be a called one
    element       text        not null,
    kind          text        not null,
    entered_at    timestamptz not null,
    left_at       timestamptz,
    cancelled     boolean     not null,
    due_at        timestamptz,
    task_id       text,
    assignee      bigint,
    project_id    bigint,
    office        text,
    sequence      bigint
);
create index procedure_step_of_run on procedure_step (run_id);
create index procedure_step_open_of_run on procedure_step (run_id) where left_at is null;

-- Sums of what is open, so that no page counts it row by row: each transaction adds what it changed, and now and then the
-- lines of one kind are drawn together. Nobody waits for anybody else to count.
create table procedure_tally (
    id            bigint generated always as identity primary key,
    kind          text   not null check (kind in ('state', 'late', 'due', 'age', 'worker')),
    definition_id text   not null, -- of the run
    project_id    bigint,
    office        text,
    key           text   not null,
    n             int    not null
);
create index procedure_tally_of on procedure_tally (kind, project_id);

-- The engine's truth about runs and steps. Its times are without a zone, and UTC.
create view procedure_run_truth as
select p.proc_inst_id_                                      as id,
       coalesce(d.key_, p.proc_def_key_)                    as process_key,
       coalesce(d.version_, 0)                              as version,
       p.proc_def_id_                                       as definition_id,
       coalesce(d.deployment_id_, '')                       as deployment_id,
       v.long_                                              as project_id,
       p.business_key_                                      as case_code,
       p.start_time_ at time zone 'UTC'                     as began_at,
       p.end_time_ at time zone 'UTC'                       as ended_at,
       p.end_act_id_                                        as ending,
       coalesce(p.state_ like '%TERMINATED', false)         as cancelled,
       coalesce(p.state_ = 'SUSPENDED', false)              as suspended,
       p.removal_time_ at time zone 'UTC'                   as removal_at
  from engine.act_hi_procinst p
  left join engine.act_re_procdef d on d.id_ = p.proc_def_id_
  left join lateral (select h.long_ from engine.act_hi_varinst h
                      where h.proc_inst_id_ = p.proc_inst_id_ and h.name_ = 'projectId'
                        and h.execution_id_ = p.proc_inst_id_
                      limit 1) v on true
 where coalesce(p.root_proc_inst_id_, p.proc_inst_id_) = p.proc_inst_id_;

create view procedure_step_truth as
select a.id_                                                as id,
       coalesce(a.root_proc_inst_id_, a.proc_inst_id_)      as run_id,
       a.proc_inst_id_                                      as instance_id,
       a.proc_def_id_                                       as definition_id,
       a.act_id_                                            as element,
       a.act_type_                                          as kind,
       a.start_time_ at time zone 'UTC'                     as entered_at,
       a.end_time_ at time zone 'UTC'                       as left_at,
       coalesce(a.act_inst_state_ = 2, false)               as cancelled,
       t.due_date_ at time zone 'UTC'                       as due_at,
       a.task_id_                                           as task_id,
       case when t.assignee_ ~ '^[0-9]{1,18}$' then t.assignee_::bigint end as assignee,
       a.sequence_counter_                                  as sequence
  from engine.act_hi_actinst a
  left join engine.act_hi_taskinst t on t.id_ = a.task_id_;

-- What each open run and its open tasks add to the sums.
create view procedure_share as
select r.id as run_id, c.kind, r.definition_id, r.project_id, r.office, c.key
  from procedure_run r
  cross join lateral (values ('state', r.state),
                             ('late', (r.due_at at time zone 'UTC')::date::text)) c (kind, key)
 where r.ended_at is null and c.key is not null
union all
select s.run_id, c.kind, r.definition_id, r.project_id, r.office, c.key
  from procedure_step s
  join procedure_run r on r.id = s.run_id
  cross join lateral (values ('due', (s.due_at at time zone 'UTC')::date::text),
                             ('age', date_trunc('week', s.entered_at at time zone 'UTC')::date::text),
                             ('worker', coalesce(s.assignee::text, ''))) c (kind, key)
 where s.left_at is null and s.kind = 'userTask' and r.ended_at is null and c.key is not null;

-- Makes the rows of some procedures equal to the engine's history. Two transactions that touch one procedure wait for one
-- another, and each statement here sees what the earlier of them wrote; they are held in the order of their ids and as the
-- last act of a transaction, so that nobody waits in a ring.
--
-- instances: of which something changed, called ones too; steps and tasks: which of theirs, or null for all
create function keep_procedures(instances text[], steps text[], tasks_changed text[]) returns void language plpgsql as $$
declare
    runs text[];
    before procedure_share[];
begin
    select array_agg(distinct coalesce(p.root_proc_inst_id_, p.proc_inst_id_)) into runs
      from engine.act_hi_procinst p where p.proc_inst_id_ = any(instances);
    if runs is null then
        return;
    end if;
    perform 1 from procedure_run where id = any(runs) order by id for update;
    select array_agg(s) into before from procedure_share s where s.run_id = any(runs);

    insert into procedure_run (id, process_key, version, definition_id, deployment_id, project_id, case_code, began_at,
                               ended_at, ending, cancelled, suspended, removal_at)
    select id, process_key, version, definition_id, deployment_id, project_id, case_code, began_at,
           ended_at, ending, cancelled, suspended, removal_at
      from procedure_run_truth where id = any(runs)
    on conflict (id) do update
       set process_key = excluded.process_key, version = excluded.version, definition_id = excluded.definition_id,
           deployment_id = excluded.deployment_id, project_id = excluded.project_id, case_code = excluded.case_code,
           began_at = excluded.began_at, ended_at = excluded.ended_at, ending = excluded.ending,
           cancelled = excluded.cancelled, suspended = excluded.suspended, removal_at = excluded.removal_at;

    if steps is null then
        delete from procedure_step s
         where s.run_id = any(runs) and not exists (select 1 from procedure_step_truth t where t.id = s.id);
    end if;
    insert into procedure_step (id, run_id, instance_id, definition_id, element, kind, entered_at, left_at, cancelled,
                                due_at, task_id, assignee, project_id, office, sequence)
    select t.id, t.run_id, t.instance_id, t.definition_id, t.element, t.kind, t.entered_at, t.left_at, t.cancelled,
           t.due_at, t.task_id, t.assignee, r.project_id, r.office, t.sequence
      from procedure_step_truth t
      join procedure_run r on r.id = t.run_id
     where case when steps is null then t.run_id = any(runs) else t.id = any(steps || array(
               select i.act_inst_id_ from engine.act_hi_taskinst i where i.id_ = any(tasks_changed))) end
    on conflict (id) do update
       set run_id = excluded.run_id, instance_id = excluded.instance_id, definition_id = excluded.definition_id,
           element = excluded.element, kind = excluded.kind, entered_at = excluded.entered_at,
           left_at = excluded.left_at, cancelled = excluded.cancelled, due_at = excluded.due_at,
           task_id = excluded.task_id, assignee = excluded.assignee, project_id = excluded.project_id,
           office = excluded.office, sequence = excluded.sequence;

    update procedure_run r
       set tasks = coalesce(o.tasks, 0),
           due_at = o.due_at,
           failures = case when r.ended_at is not null then 0 else
               (select count(*) from engine.act_hi_incident i
                 where i.root_proc_inst_id_ = r.id and i.incident_state_ = 0
                   and coalesce(i.root_cause_incident_id_, i.id_) = i.id_) end,
           path = case when r.ended_at is not null then
               (select string_agg(f.element, ' ' order by f.entered_at, f.sequence, f.id)
                  from (select distinct on (s.element) s.element, s.entered_at, s.sequence, s.id
                          from procedure_step s
                         where s.run_id = r.id and s.instance_id = r.id
                           and s.kind ~ '(Task|callActivity|EndEvent|Catch|intermediate|boundary)'
                         order by s.element, s.entered_at, s.sequence, s.id) f) end
      from unnest(runs) as touched (id)
      left join lateral (
          select count(*) as tasks, min(s.due_at) as due_at
            from procedure_step s
           where s.run_id = touched.id and s.left_at is null and s.kind = 'userTask') o on true
     where r.id = touched.id;

    insert into procedure_tally (kind, definition_id, project_id, office, key, n)
    select x.kind, x.definition_id, x.project_id, x.office, x.key, sum(x.n)
      from (select b.kind, b.definition_id, b.project_id, b.office, b.key, -1 as n from unnest(before) b
            union all
            select s.kind, s.definition_id, s.project_id, s.office, s.key, 1
              from procedure_share s where s.run_id = any(runs)) x
     group by x.kind, x.definition_id, x.project_id, x.office, x.key
    having sum(x.n) <> 0;
end $$;

-- What ran before this release.
do $$
declare
    batch text[];
begin
    for batch in
        select array_agg(x.id)
          from (select p.proc_inst_id_ as id, row_number() over (order by p.proc_inst_id_) / 1000 as part
                  from engine.act_hi_procinst p
                 where coalesce(p.root_proc_inst_id_, p.proc_inst_id_) = p.proc_inst_id_) x
         group by x.part
    loop
        perform keep_procedures(batch, null, null);
    end loop;
end $$;
-- The lists, each project's in the order in which it is read; and what is open, late and failed.
create index procedure_run_listed on procedure_run (project_id, began_at desc, id desc);
create index procedure_run_open on procedure_run (project_id, began_at desc, id desc) where ended_at is null;
create index procedure_run_open_of_flow on procedure_run (project_id, process_key, began_at desc, id desc) where ended_at is null;
create index procedure_run_in_state on procedure_run (project_id, state, began_at desc, id desc);
create index procedure_run_of_flow on procedure_run (project_id, process_key, state, began_at desc, id desc);
create index procedure_run_late on procedure_run (due_at, project_id) where ended_at is null and due_at is not null;
create index procedure_run_failed on procedure_run (project_id, id) where failures > 0;
create index procedure_run_ended on procedure_run (process_key, ended_at desc, id desc) where ended_at is not null;
create index procedure_run_ended_at on procedure_run (ended_at) where ended_at is not null;
create index procedure_run_began_at on procedure_run (began_at);
create index procedure_run_by_case on procedure_run (case_code, began_at desc, id desc);
create index procedure_run_removal on procedure_run (removal_at) where removal_at is not null;
create index procedure_step_open on procedure_step (definition_id, element, project_id)
    include (office, entered_at, due_at, run_id) where left_at is null;
create index procedure_step_left on procedure_step (left_at, definition_id) where left_at is not null;
create index procedure_step_late on procedure_step (due_at, project_id) include (assignee, office)
    where left_at is null and due_at is not null;
