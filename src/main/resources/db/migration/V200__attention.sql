-- User service: petitions with their numbers, and who asks.

-- The last number given out per office and year: one row to lock until the registration is committed or given up, so that
-- no number is given twice and none is left out (J74).
create table registration_number (
    office text not null,
    year   int  not null,
    last   int  not null check (last > 0),
    primary key (office, year)
);

-- Who asks, as they said it when they asked: sections A and B of the form (J27).
create table petitioner (
    id               bigint generated always as identity primary key,
    project_id       bigint not null references project (id),
    document         text   not null default '' check (length(document) <= 20),
    given_name       text   not null check (length(given_name) <= 80),
    family_name      text   not null check (length(family_name) <= 80),
    beneficiary      text   not null check (beneficiary in ('yes', 'no', 'unknown')),
    household_code   text   not null default '' check (length(household_code) <= 40),
    representative   text   not null default '' check (length(representative) <= 160),
    district         text   not null default '' check (length(district) <= 80),
    province         text   not null default '' check (length(province) <= 80),
    region           text   not null default '' check (length(region) <= 80),
    phone            text   not null default '' check (length(phone) <= 40),
    call_back_number text   not null default '' check (length(call_back_number) <= 40),
    email            text   not null default '' check (length(email) <= 254),
    address          text   not null default '' check (length(address) <= 300),
    safe_times       text   not null default '' check (length(safe_times) <= 160),
    language         text   not null check (language in ('en', 'es', 'it'))
);

create table petition (
    id             bigint generated always as identity primary key,
    number         text        not null unique check (number ~ '^[A-Z]{2,6}[0-9]-[0-9]{4}-[0-9]{4,}$'),
    project_id     bigint      not null references project (id),
    office         text        not null,
    kind           text        not null check (kind in ('query', 'request', 'complaint', 'suggestion')),
    channel        text        not null check (channel in ('in-person', 'phone', 'letterbox', 'email', 'web')),
    level          text        not null check (level in ('local', 'regional', 'national')),
    petitioner_id  bigint      not null unique references petitioner (id),
    -- what it is about, and what was answered at once
    motive         text        not null check (length(motive) <= 4000),
    orientation    text        not null default '' check (length(orientation) <= 4000),
    -- the member of staff complained about, who must never see it (J-R12)
    about          bigint      references account (id),
    registered_at  timestamptz not null,
    registered_by  bigint      references account (id),
    solved_at_once boolean     not null,
    destination    text        check (destination in ('regional-team', 'central-unit')),
    promised_on    date,
    -- the visit or call in which it was made
    attendance     text,
    -- behind the code on the receipt: it leads to a page without anything personal, and is printed again when asked for
    status_secret  text        not null unique check (length(status_secret) = 43),
    check (solved_at_once = (destination is null))
);
create index petition_of_project on petition (project_id, registered_at desc, id desc);
create index petition_of_attendance on petition (attendance) where attendance is not null;

-- Petitions stand where cases stand: their numbers may name a notice, a message or a letter.
alter table letter drop constraint letter_case_code_fkey;
alter table message drop constraint message_case_code_fkey;
alter table notice drop constraint notice_case_code_fkey;
