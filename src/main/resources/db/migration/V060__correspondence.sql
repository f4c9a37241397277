-- Letters as they were sent, the outbox of messages, and notices to staff.

create table letter (
    id             bigint generated always as identity primary key,
    project_id     bigint      not null references project (id),
    case_code      text        not null references case_file (code),
    folder         text        not null,
    kind           text        not null,
    language       text        not null check (language in ('en', 'es', 'it')),
    channel        text        not null check (channel in ('email', 'post')),
    recipient      text        not null check (recipient in ('client', 'source')),
    recipient_name text        not null,
    -- as used, whatever becomes of the client's contact points later
    address        text        not null,
    title          text        not null,
    html           text        not null,
    pdf            bytea       not null,
    created_at     timestamptz not null,
    created_by     bigint      references account (id)
);
create index letter_case on letter (case_code);

create function letter_stays_as_sent() returns trigger language plpgsql as $$
begin
    raise exception 'A letter stays as it was sent (letter %)', old.id;
end $$;
create trigger letter_stays_as_sent before update or delete on letter
    for each row execute function letter_stays_as_sent();

create table message (
    id             bigint generated always as identity primary key,
    project_id     bigint      not null references project (id),
    -- null for messages about no single case
    case_code      text        references case_file (code),
    kind           text        not null,
    channel        text        not null check (channel in ('email', 'sms', 'post')),
    recipient      text        not null check (recipient in ('client', 'source', 'staff')),
    recipient_name text,
    address        text        not null,
    subject        text,
    body_text      text        not null,
    body_html      text,
    language       text        not null,
    letter_id      bigint      references letter (id),
    -- one message per reason to send it (case, activity instance and kind)
    once_key       text        not null unique,
    -- the Message-ID that every attempt carries, so that a receiving system can drop a second copy
    mail_id        text        not null unique,
    created_at     timestamptz not null,
    created_by     bigint      references account (id),
    -- the procedure that delivers it; null for paper
    process_id     text,
    state          text        not null check (state in
        ('queued', 'sending', 'sent', 'unknown', 'failed', 'printed', 'posted', 'written')),
    attempts       int         not null default 0 check (attempts >= 0),
    state_at       timestamptz,
    state_by       bigint      references account (id),
    detail         text,
    check (channel <> 'post' or letter_id is not null),
    check (channel <> 'email' or subject is not null),
    check (channel = 'post' or state not in ('printed', 'posted')),
    check (channel <> 'post' or state not in ('sending', 'sent', 'unknown', 'written'))
);
create index message_case on message (case_code, id);
create index message_print_queue on message (project_id, state, id) where channel = 'post';
create unique index message_letter on message (letter_id) where letter_id is not null;

create table notice (
    id         bigint generated always as identity primary key,
    user_id    bigint      not null references account (id),
    project_id bigint      not null references project (id),
    case_code  text        references case_file (code),
    kind       text        not null,
    -- codes, counts and dates; never a client's name, since notices also travel by e-mail
    arguments  text[]      not null,
    urgent     boolean     not null,
    once_key   text        not null,
    created_at timestamptz not null,
    read_at    timestamptz,
    -- when it went into an e-mail, of its own or a digest
    mailed_at  timestamptz,
    unique (user_id, once_key)
);
create index notice_user on notice (user_id, id desc);
create index notice_unread on notice (user_id) where read_at is null;
create index notice_unmailed on notice (user_id) where mailed_at is null;

-- The digest that waits for a person: one at a time, begun by the first notice it will hold.
create table notice_digest (
    user_id bigint      primary key references account (id),
    due_at  timestamptz not null
);
