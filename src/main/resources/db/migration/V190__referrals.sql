-- Referrals of a case to services, their follow-ups, and what was written about them (C97-C114).
create table referral (
    id           bigint generated always as identity primary key,
    case_id      bigint      not null references case_file (id),
    -- counts the referrals of one case
    number       int         not null,
    -- the directory's service at a location; null where somebody typed it. What follows stays as it was when it was chosen.
    resource_id  bigint,
    organization text        not null check (organization <> ''),
    service      text        not null,
    location     text        not null,
    address      text        not null,
    phone        text        not null,
    email        text        not null,
    website      text        not null,
    schedule     text        not null,
    terms        text[]      not null,
    assured_on   date,
    confidential boolean     not null,
    need         text        not null check (need <> ''),
    term         text        not null,
    note         text        not null,
    -- codes of FHIR's Task; what the agency does with it
    status       text        not null check (status in ('draft', 'sent', 'accepted', 'rejected', 'in-progress', 'completed',
                                                        'failed', 'cancelled', 'entered-in-error')),
    -- what the client did about it, which the agency may see otherwise
    outcome      text        not null check (outcome in ('unknown', 'attended', 'declined', 'no-show')),
    made_at      timestamptz not null,
    made_by      bigint      not null references account (id),
    -- when nothing was left to do about it
    finished_at  timestamptz,
    -- the procedure that follows it
    process_id   text,
    version      int         not null default 0,
    unique (case_id, number)
);
create index referral_unfinished on referral (case_id) where finished_at is null;

create table referral_follow_up (
    id          bigint generated always as identity primary key,
    referral_id bigint      not null references referral (id),
    due_on      date        not null,
    due_at      timestamptz not null,
    done_at     timestamptz,
    done_by     bigint      references account (id),
    status      text,
    outcome     text,
    note        text        not null default '',
    -- when the case ended before it was done
    dropped_at  timestamptz,
    check ((done_at is null) = (done_by is null)),
    check ((done_at is null) = (status is null)),
    check (done_at is null or dropped_at is null)
);
-- At most one is ahead.
create unique index referral_follow_up_open on referral_follow_up (referral_id) where done_at is null and dropped_at is null;
create index referral_follow_up_referral on referral_follow_up (referral_id, id);
create index referral_follow_up_due on referral_follow_up (due_at) where done_at is null and dropped_at is null;

create table referral_history (
    id          bigint generated always as identity primary key,
    referral_id bigint      not null references referral (id),
    at          timestamptz not null,
    what        text        not null,
    -- null for the agency, and for Ancora itself
    by_account  bigint      references account (id),
    by_name     text        not null default '',
    status      text,
    outcome     text,
    words       text        not null default ''
);
create index referral_history_referral on referral_history (referral_id, id);

-- What somebody asked to be sent about a referral, and the message that it became.
create table referral_sending (
    id           bigint generated always as identity primary key,
    referral_id  bigint      not null references referral (id),
    recipient    text        not null check (recipient in ('client', 'agency')),
    channel      text        not null check (channel in ('email', 'sms')),
    -- the agency's, as it was confirmed; a client's is looked up when the message is written
    address      text        not null,
    language     text,
    -- whether the client agreed that the agency learns who they are once it accepts
    names_client boolean     not null,
    asked_at     timestamptz not null,
    asked_by     bigint      not null references account (id),
    message_id   bigint      references message (id),
    -- why it was not written after all: a code of why.*
    refused      text,
    check (message_id is null or refused is null),
    check (recipient = 'agency' or not names_client)
);
create index referral_sending_referral on referral_sending (referral_id, id);
create index referral_sending_message on referral_sending (message_id);

-- One page for one agency about one referral. Only digests of what opens it are kept: one for each time the message was
-- handed over, since any of them may have arrived.
create table referral_link (
    id          bigint generated always as identity primary key,
    referral_id bigint      not null references referral (id),
    sending_id  bigint      not null unique references referral_sending (id),
    expires_at  timestamptz not null,
    revoked_at  timestamptz,
    revoked_by  bigint      references account (id)
);
create index referral_link_referral on referral_link (referral_id);

create table referral_link_secret (
    digest  text        primary key,
    link_id bigint      not null references referral_link (id),
    made_at timestamptz not null
);

alter table message drop constraint message_recipient_check;
alter table message add constraint message_recipient_check check (recipient in ('client', 'source', 'agency', 'staff'));
