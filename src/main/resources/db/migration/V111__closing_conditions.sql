-- Which conditions have to be met before a case is closed by hand is each project's choice (C54).
alter table project add column closing_conditions text[] not null default '{}';
update project set closing_conditions = '{documentation}' where documentation_blocks_closing;
alter table project drop column documentation_blocks_closing;
