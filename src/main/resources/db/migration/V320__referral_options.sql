-- By which ways a project writes about referrals; without a row, by both (C103).
create table referral_sending_choice (
    project_id bigint  primary key references project (id),
    by_email   boolean not null,
    by_sms     boolean not null
);

-- A project's own words for where referrals stand, what clients did and how somebody followed up, and which of these it
-- offers (C137). A status or an outcome without a row has Ancora's word and is offered.
create table referral_option (
    id         bigint  generated always as identity primary key,
    project_id bigint  not null references project (id),
    part       text    not null check (part in ('status', 'outcome', 'kind')),
    -- Ancora's own for a status and an outcome; made up for a kind
    code       text    not null,
    -- empty for Ancora's word, which a kind has none of
    name_en    text    not null,
    name_es    text    not null,
    name_it    text    not null,
    -- the words with which the note of a follow-up of this kind begins
    template   text    not null default '',
    offered    boolean not null,
    position   int     not null default 0,
    version    int     not null default 1,
    unique (project_id, part, code),
    check (part <> 'kind' or (name_en <> '' and name_es <> '' and name_it <> ''))
);
create unique index referral_option_kind on referral_option (project_id, lower(name_en)) where part = 'kind';

alter table referral_follow_up add column kind_id bigint references referral_option (id);
create index referral_follow_up_kind on referral_follow_up (kind_id) where kind_id is not null;
