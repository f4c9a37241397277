-- The page of one procedure, and its move to another version, look for its tasks among all that are open.
create index work_item_of_procedure on work_item (root_instance_id);
