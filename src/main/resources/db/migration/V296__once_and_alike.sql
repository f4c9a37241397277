-- A form about a complaint that is sent again is known by its key; what was merged is found from what it was merged with.
alter table complaint add column last_request uuid;
create index complaint_merged on complaint (merged_into) where merged_into is not null;
