-- People who can sign in. Nobody is ever deleted: what they did keeps their name.
create table account (
    id            bigint generated always as identity primary key,
    sign_in_name  text        not null unique check (sign_in_name = lower(sign_in_name)),
    name          text        not null,
    email         text unique check (email = lower(email)),
    password_hash text,
    locale        text check (locale in ('en', 'es', 'it')),
    theme         text        not null default 'auto' check (theme in ('auto', 'light', 'dark')),
    notices       text        not null default 'daily' check (notices in ('at-once', 'daily')),
    active        boolean     not null default true,
    created_at    timestamptz not null
);

-- A role of a person in a project; without a project it counts everywhere, which only administrators may have.
-- Projects live in a module above this one, so the column is no foreign key.
create table membership (
    id         bigint generated always as identity primary key,
    account_id bigint      not null references account (id),
    project_id bigint,
    role       text        not null,
    created_at timestamptz not null,
    unique nulls not distinct (account_id, project_id, role),
    check (project_id is not null or role = 'admin')
);
create index membership_by_project on membership (project_id, role);

-- Failed sign-ins by account name and by address. Names are kept as digests: people type passwords into the wrong field.
create table sign_in_throttle (
    key           text primary key,
    failures      int         not null,
    last_at       timestamptz not null,
    blocked_until timestamptz
);

-- One-time links by which a person sets their password; only the digest of the secret is kept.
create table set_up_link (
    id          bigint generated always as identity primary key,
    account_id  bigint      not null references account (id),
    secret_hash text        not null unique,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
