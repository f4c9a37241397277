-- Open cases by the kind of service: in a project with few groups, their list read every open case.
create index case_file_open_by_service on case_file (project_id, service_mode, opened_at desc, id desc)
    where status <> 'closed';

-- What the planner cannot guess: an attribute has one kind, and a status belongs to one project. It took a rule on either for
-- many times rarer than it is, and collected and sorted every match instead of reading the first in order.
create statistics case_attribute_values (dependencies, mcv) on attribute_id, kind, value_text from case_attribute;
create statistics case_file_statuses (dependencies) on project_id, status_id from case_file;
