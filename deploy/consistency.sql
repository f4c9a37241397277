-- What must hold between the engine's tables and ours at any instant; each row says one thing that does not.
-- They are written in one transaction, so a snapshot that cuts between them would show here.
select 'task ' || t.id_ || ' is missing from the task list'
  from engine.act_ru_task t left join work_item w on w.id = t.id_ where w.id is null
union all
select 'the task list holds ' || w.id || ', which is no task'
  from work_item w left join engine.act_ru_task t on t.id_ = w.id where t.id_ is null
union all
select 'the search in case ' || e.case_code || ' runs without its procedure'
  from engagement_episode e
 where e.ended_at is null
   and not exists (select from engine.act_ru_execution x where x.parent_id_ is null and x.business_key_ = e.case_code)
union all
select 'message ' || m.id || ' is ' || m.state || ' and no procedure delivers it'
  from message m
 where m.state = 'queued' and m.process_id is not null
   and not exists (select from engine.act_ru_execution x where x.id_ = m.process_id)
union all
select 'procedure ' || x.proc_inst_id_ || ' stands at ' || coalesce(x.act_id_, '?') || ' and waits for nothing'
  from engine.act_ru_execution x
 where x.is_active_ and x.super_exec_ is not distinct from null and x.act_id_ is not null
   and not exists (select from engine.act_ru_execution c where c.parent_id_ = x.id_ or c.super_exec_ = x.id_)
   and not exists (select from engine.act_ru_task t where t.execution_id_ = x.id_)
   and not exists (select from engine.act_ru_job j where j.execution_id_ = x.id_)
   and not exists (select from engine.act_ru_event_subscr s where s.execution_id_ = x.id_)
   and not exists (select from engine.act_ru_incident i where i.execution_id_ = x.id_)
union all
select 'procedures run on deployment ' || d.deployment_id_ || ', which came from nowhere'
  from (select distinct p.deployment_id_ from engine.act_ru_execution x join engine.act_re_procdef p on p.id_ = x.proc_def_id_) d
 where not exists (select from deployment k where k.engine_id = d.deployment_id_)
union all
select 'an attempt is kept for case ' || a.case_code || ', which is not there'
  from contact_attempt a where not exists (select from case_file c where c.code = a.case_code);
