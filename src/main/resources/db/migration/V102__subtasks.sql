-- Whenever a task ends the engine looks for tasks below it, and read all open tasks for that: it has no index for it.
create index act_idx_task_parent on engine.act_ru_task (parent_task_id_) where parent_task_id_ is not null;
