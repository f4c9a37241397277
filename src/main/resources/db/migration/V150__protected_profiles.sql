-- A protected client: their name, contact points and identifiers are shown only to those who may see them.
alter table profile
    add column protected_at      timestamptz,
    add column protected_by      bigint references account (id),
    add column protection_reason text not null default '',
    add constraint profile_protected_for_a_reason check ((protected_at is null) = (protection_reason = ''));
