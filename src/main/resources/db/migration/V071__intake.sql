-- What came in with a client: the incoming referral as reception wrote it down.
create table intake (
    id            bigint generated always as identity primary key,
    -- Made with the empty form, so that pressing the button twice registers once.
    request_key   uuid        not null unique,
    -- Null only until the case is opened, in the same transaction.
    case_code     text unique,
    project_id    bigint      not null references project (id),
    -- Why the client comes, in a few words; free text stays here, never in a variable or a log.
    need          text        not null check (length(need) <= 500),
    registered_at timestamptz not null,
    registered_by bigint      not null references account (id)
);
