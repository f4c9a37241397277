-- Two records of one person become one; what was moved is kept row by row, so that it can be put back.
alter table profile add column merged_into bigint references profile (id);
create index profile_merged_into on profile (merged_into) where merged_into is not null;
