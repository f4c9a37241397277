-- The task list filtered by one step reads the fifty rows it shows, not forty times as many.
create index work_item_by_step on work_item (project_id, element, sort_at, id);
