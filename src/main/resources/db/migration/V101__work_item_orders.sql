-- Each order of the task list has an index that begins with the project, so that a page reads its fifty rows and no more.
create index work_item_newest on work_item (project_id, created_at, id);
create index work_item_by_code on work_item (project_id, case_code, id);
