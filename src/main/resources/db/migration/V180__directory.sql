-- The resource directory (C97, C102): what HSDS 3 says of organisations, services and places. Each row keeps what its source says in
-- "data", whole and also where we do not know a column; what is searched or joined is taken from there, so that both always agree.
-- Rows refer to one another by the source's own ids, which may lead nowhere: a source is rarely complete. Nothing is deleted, because
-- referrals point at it: what a source no longer names becomes inactive.
create extension if not exists unaccent;

-- Text as it is searched: lower case, without accents, single blanks between words.
create function directory_plain(text) returns text
    language sql immutable parallel safe
    return trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, coalesce($1, ''))), '[^[:alnum:]]+', ' ', 'g'));

-- Words of the three languages by their stems, and every word as it stands; those of the title first.
create function directory_words(title text, body text) returns tsvector
    language sql immutable parallel safe
    return setweight(to_tsvector('simple'::regconfig, title), 'A') || to_tsvector('simple'::regconfig, body)
        || to_tsvector('english'::regconfig, body) || to_tsvector('spanish'::regconfig, body)
        || to_tsvector('italian'::regconfig, body);

-- Where rows come from: (source, id) is what a row is known by when the next file arrives.
create table directory_source (
    id         bigint generated always as identity primary key,
    project_id bigint      not null references project (id),
    name       text        not null check (name <> '' and length(name) <= 120),
    created_at timestamptz not null,
    created_by bigint      references account (id),
    -- counts what was stored: a file checked before another was stored has to be checked again
    version    int         not null default 0,
    unique (project_id, name)
);

create table directory_organization (
    id         bigint generated always as identity primary key,
    source_id  bigint      not null references directory_source (id),
    ref        text        not null,
    data       jsonb       not null,
    active     boolean     not null default true,
    changed_at timestamptz not null,
    name       text generated always as (data ->> 'name') stored,
    unique (source_id, ref)
);

create table directory_service (
    id               bigint generated always as identity primary key,
    source_id        bigint      not null references directory_source (id),
    ref              text        not null,
    data             jsonb       not null,
    active           boolean     not null default true,
    changed_at       timestamptz not null,
    organization_ref text generated always as (data ->> 'organization_id') stored,
    name             text generated always as (data ->> 'name') stored,
    status           text generated always as (data ->> 'status') stored,
    unique (source_id, ref)
);
create index directory_service_organization on directory_service (source_id, organization_ref);

create table directory_location (
    id         bigint generated always as identity primary key,
    source_id  bigint      not null references directory_source (id),
    ref        text        not null,
    data       jsonb       not null,
    active     boolean     not null default true,
    changed_at timestamptz not null,
    name       text generated always as (data ->> 'name') stored,
    unique (source_id, ref)
);

create table directory_service_at_location (
    id           bigint generated always as identity primary key,
    source_id    bigint      not null references directory_source (id),
    ref          text        not null,
    data         jsonb       not null,
    active       boolean     not null default true,
    changed_at   timestamptz not null,
    service_ref  text generated always as (data ->> 'service_id') stored,
    location_ref text generated always as (data ->> 'location_id') stored,
    unique (source_id, ref)
);
create index directory_service_at_location_service on directory_service_at_location (source_id, service_ref);
create index directory_service_at_location_location on directory_service_at_location (source_id, location_ref);

create table directory_taxonomy (
    id         bigint generated always as identity primary key,
    source_id  bigint      not null references directory_source (id),
    ref        text        not null,
    data       jsonb       not null,
    active     boolean     not null default true,
    changed_at timestamptz not null,
    name       text generated always as (data ->> 'name') stored,
    unique (source_id, ref)
);

create table directory_taxonomy_term (
    id         bigint generated always as identity primary key,
    source_id  bigint      not null references directory_source (id),
    ref        text        not null,
    data       jsonb       not null,
    active     boolean     not null default true,
    changed_at timestamptz not null,
    code       text generated always as (data ->> 'code') stored,
    name       text generated always as (data ->> 'name') stored,
    parent_ref text generated always as (data ->> 'parent_id') stored,
    -- itself, and the terms above it up to the top
    path       bigint[]    not null default '{}',
    unique (source_id, ref)
);
create index directory_taxonomy_term_code on directory_taxonomy_term (source_id, code);

-- Whatever hangs on one of these: telephones, addresses, hours, areas, languages, prices, tags and the like, each with its owners.
create table directory_part (
    id         bigint generated always as identity primary key,
    source_id  bigint      not null references directory_source (id),
    kind       text        not null,
    ref        text        not null,
    data       jsonb       not null,
    active     boolean     not null default true,
    changed_at timestamptz not null,
    owners     text[] generated always as (array_remove(array[
        'organization:' || (data ->> 'organization_id'), 'service:' || (data ->> 'service_id'),
        'location:' || (data ->> 'location_id'), 'service_at_location:' || (data ->> 'service_at_location_id'),
        'contact:' || (data ->> 'contact_id'), 'phone:' || (data ->> 'phone_id'),
        (data ->> 'link_entity') || ':' || (data ->> 'link_id'), (data ->> 'resource_type') || ':' || (data ->> 'resource_id')
    ], null)) stored,
    unique (source_id, kind, ref)
);
create index directory_part_owners on directory_part using gin (owners) with (fastupdate = off);

-- What a search finds: one row for each service at a place, and one for a service that has no place. It repeats what the tables
-- above say, so that one statement finds it; storing a file writes it anew where it differs.
create table directory_resource (
    id               bigint generated always as identity primary key,
    source_id        bigint  not null references directory_source (id),
    project_id       bigint  not null references project (id),
    ref              text    not null,
    service_ref      text    not null,
    at_ref           text,
    location_ref     text,
    organization_ref text,
    active           boolean not null,
    -- a place that not everybody may know, and with it every fact about the service there
    confidential     boolean not null,
    name             text    not null,
    organization     text    not null,
    place            text    not null,
    status           text    not null,
    assured_on       date,
    capacity         numeric,
    title            text    not null,
    body             text    not null,
    area             text    not null,
    term_ids         bigint[] not null,
    languages        text[]  not null,
    hours            jsonb   not null,
    -- of the hours: in which minutes of a week, from Monday 0:00 in its zone, it may be open, and whether that is all there is to say
    zone             text,
    open_week        int4multirange not null default '{}',
    open_exactly     boolean not null default true,
    hours_read       jsonb,
    sort             text generated always as (directory_plain(name) || ' ' || directory_plain(organization)) stored,
    words            tsvector generated always as (directory_words(title, body)) stored,
    area_words       tsvector generated always as (to_tsvector('simple'::regconfig, area)) stored,
    unique (source_id, ref)
);
create index directory_resource_in_order on directory_resource (sort, id) where active;
create index directory_resource_of_project on directory_resource (project_id, sort, id) where active;
create index directory_resource_words on directory_resource using gin (words) with (fastupdate = off);
create index directory_resource_areas on directory_resource using gin (area_words) with (fastupdate = off);
create index directory_resource_terms on directory_resource using gin (term_ids) with (fastupdate = off);
create index directory_resource_languages on directory_resource using gin (languages) with (fastupdate = off);
create index directory_resource_alike on directory_resource using gin (title gin_trgm_ops) where active;
create index directory_resource_irregular on directory_resource (project_id) where active and not open_exactly;

-- What can be chosen in a search: needs (terms at the top) and languages, of resources that everybody may see.
create table directory_facet (
    source_id bigint not null references directory_source (id) on delete cascade,
    facet     text   not null check (facet in ('need', 'language')),
    value     text   not null,
    primary key (source_id, facet, value)
);
