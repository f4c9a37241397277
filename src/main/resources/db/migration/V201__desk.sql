-- The desk: who came or called, what the registers hold, and the proof that somebody was attended.

create table attendance (
    id              bigint generated always as identity primary key,
    kind            text        not null check (kind in ('visit', 'call')),
    -- the key of its procedure, never of a person
    code            text        not null unique generated always as (
        case kind when 'visit' then 'V-' else 'C-' end || lpad(id::text, greatest(4, length(id::text)), '0')) stored,
    request_key     uuid        not null unique,
    project_id      bigint      not null references project (id),
    state           text        not null check (state in
        ('come-back', 'awaiting-authorisation', 'refused', 'waiting', 'attended', 'left',
         'talking', 'call-back', 'unreachable', 'nothing')),
    document        text        not null default '' check (length(document) <= 20),
    given_name      text        not null check (length(given_name) <= 80),
    family_name     text        not null default '' check (length(family_name) <= 80),
    district        text        not null default '' check (length(district) <= 80),
    province        text        not null default '' check (length(province) <= 80),
    region          text        not null default '' check (length(region) <= 80),
    reason          text        not null default '' check (length(reason) <= 500),
    -- officials who come in that role: for the supervisor or the head alone (J19, J-R9)
    authority       boolean     not null default false,
    priority_groups text[]      not null default '{}',
    emergency       boolean     not null default false,
    -- whether the office was open when they came (J8)
    within_hours    boolean     not null,
    come_back_at    timestamptz,
    -- who was asked, and who decided (J-R8)
    coordinator     bigint      references account (id),
    decided_by      bigint      references account (id),
    decided_at      timestamptz,
    decision_note   text        not null default '' check (length(decision_note) <= 500),
    call_back_number text       not null default '' check (length(call_back_number) <= 40),
    call_back_at    timestamptz,
    agreed          text        not null default '' check (length(agreed) <= 500),
    -- the form as far as it was filled in when the call was broken off, for the call back
    answers         jsonb       not null default '{}',
    began_at        timestamptz not null,
    received_by     bigint      references account (id),
    attended_by     bigint      references account (id),
    ended_at        timestamptz,
    check (kind = 'visit' or state not in ('come-back', 'awaiting-authorisation', 'refused', 'waiting', 'left')),
    check (kind = 'call' or state not in ('talking', 'call-back', 'unreachable', 'nothing')),
    check (state <> 'call-back' or call_back_at is not null)
);
create index attendance_of_project on attendance (project_id, kind, began_at);
create index attendance_open on attendance (project_id, kind, state) where ended_at is null;

-- Registers outside, kept as tables where they cannot be asked: loaded from CSV files.
create table register_entry (
    register   text        not null check (register in ('civil', 'beneficiary')),
    project_id bigint      not null references project (id),
    document   text        not null,
    facts      jsonb       not null,
    loaded_at  timestamptz not null,
    primary key (project_id, register, document)
);

-- The person's mark: drawn on the screen, or on the printed form and scanned (J28, J29, J-R6).
create table petition_proof (
    id          bigint generated always as identity primary key,
    petition_id bigint      not null references petition (id),
    kind        text        not null check (kind in ('signature', 'scan')),
    media_type  text        not null check (media_type in ('image/png', 'image/jpeg', 'application/pdf')),
    size        int         not null check (size > 0),
    content     bytea       not null,
    added_by    bigint      not null references account (id),
    added_at    timestamptz not null
);
create index petition_proof_of_petition on petition_proof (petition_id);

-- That the receipt was handed over, or the number told on the phone (J30, J74).
create table petition_receipt (
    petition_id bigint primary key references petition (id),
    way         text        not null check (way in ('paper', 'told')),
    given_by    bigint      not null references account (id),
    given_at    timestamptz not null
);
