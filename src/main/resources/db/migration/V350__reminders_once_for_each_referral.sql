-- A form that is sent twice reminds once; the same key under another referral is another reminder.
alter table referral_reminder drop constraint referral_reminder_request_key_key;
drop index referral_reminder_referral;
create unique index referral_reminder_once on referral_reminder (referral_id, request_key);
