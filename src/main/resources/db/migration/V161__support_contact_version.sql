-- Two people who change somebody close to a client at once: the second sees both versions.
alter table support_contact add column version int not null default 0;

-- What a merge noted of such rows is compared with them as a whole when it is undone.
update profile_merge_row
   set before = before || '{"version": 0}', after = after || '{"version": 0}'
 where kind = 'support_contact';
