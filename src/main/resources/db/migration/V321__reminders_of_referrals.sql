-- Reminders of a case that are about one of its referrals (C109-C111).
create table referral_reminder (
    reminder_id bigint primary key references case_reminder (id),
    referral_id bigint not null references referral (id),
    -- so that a form that is sent twice reminds once
    request_key uuid   not null unique
);
create index referral_reminder_referral on referral_reminder (referral_id);
