-- The words of which the names in the directory are made, for whoever types one with a slip (C97): there are few of them, and
-- comparing what was typed with each is much less than comparing it with every name.
create table directory_title_word (
    source_id bigint not null references directory_source (id) on delete cascade,
    word      text   not null,
    primary key (source_id, word)
);
create index directory_title_word_alike on directory_title_word using gin (word gin_trgm_ops);

insert into directory_title_word (source_id, word)
select distinct r.source_id, w.word
  from directory_resource r cross join lateral unnest(string_to_array(r.title, ' ')) w (word)
 where r.active and w.word ~ '[^0-9]{3}';

drop index directory_resource_alike;
