-- Records that one person must not see, whatever their roles: complaints about themselves.
create table wall (
    account_id bigint not null references account (id),
    code       text   not null,
    primary key (account_id, code)
);

-- Letters and messages also go to people who are nobody's client.
alter table letter drop constraint letter_recipient_check;
alter table letter add constraint letter_recipient_check check (recipient in ('client', 'source', 'petitioner'));
alter table message drop constraint message_recipient_check;
alter table message add constraint message_recipient_check
    check (recipient in ('client', 'source', 'agency', 'staff', 'petitioner'));
