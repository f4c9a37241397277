-- On a weekday morning four in five services are open, and putting all of them in order took longer than a page may. The first of
-- each open week stand together here, for each project that keeps services; they are merged.
create index directory_resource_openings_in_order on directory_resource (opening, project_id, sort, id)
    where active and opening is not null;
drop index directory_resource_opening;
