-- "Open now" asks which weeks of which zones are open at this minute, of which there are few, and then for the resources that
-- keep one of them. Two weeks with the same number would be told apart by nothing: one chance in millions of millions.
alter table directory_resource
    add column opening bigint
        generated always as (hash_multirange_extended(open_week, hashtextextended(zone, 0))) stored;
create index directory_resource_opening on directory_resource (opening) where active and opening is not null;
