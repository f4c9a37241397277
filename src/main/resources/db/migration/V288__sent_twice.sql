-- A form that is sent again (pressed twice, or once more after the way back) registers nothing again.
alter table petition add column request_key uuid;
create unique index petition_request_key on petition (request_key) where request_key is not null;

alter table referral add column request_key uuid;
create unique index referral_request_key on referral (request_key) where request_key is not null;
