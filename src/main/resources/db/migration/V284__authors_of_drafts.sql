-- Whoever changed anything in a draft, also where somebody saved the same file after them: none of them is its second pair of eyes.
create table procedure_draft_author (
    folder text not null references procedure_draft (folder) on delete cascade,
    account bigint not null references account (id),
    primary key (folder, account)
);
insert into procedure_draft_author (folder, account) select distinct folder, saved_by from procedure_draft_file;

-- Who made an account or gave it its role is asked before somebody approves what another wrote.
create index activity_of_accounts on activity (subject_id, at) where subject = 'account';
