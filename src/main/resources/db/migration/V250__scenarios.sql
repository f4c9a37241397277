-- Rehearsals that were kept. What happens in a rehearsal itself is stored nowhere.
create table rehearsal_scenario (
    id          bigint generated always as identity primary key,
    folder      text        not null,
    key         text        not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 80),
    content     jsonb       not null,
    -- What a draft does instead, where an owner said that it is meant so; it becomes the content when that is published.
    accepted    jsonb,
    accepted_by bigint      references account (id),
    author      bigint      references account (id),
    saved_at    timestamptz not null,
    unique (folder, key),
    check ((accepted is null) = (accepted_by is null))
);
