-- A protected client's name is in no order, and is found only by those who may see it.
alter table case_file add column name_protected boolean not null default false;

create or replace function case_file_search() returns trigger
    language plpgsql as
$$
begin
    select case when p.protected_at is null then p.search_name else '' end, p.protected_at is not null,
           ' ' || lower(new.code) || ' ' || p.search_name
      into new.client_sort, new.name_protected, new.search_text
      from profile p where p.id = new.profile_id;
    return new;
end
$$;

create or replace function profile_renamed() returns trigger
    language plpgsql as
$$
begin
    update case_file
       set client_sort = case when new.protected_at is null then new.search_name else '' end,
           name_protected = new.protected_at is not null,
           search_text = ' ' || lower(code) || ' ' || new.search_name
     where profile_id = new.id;
    return null;
end
$$;

drop trigger profile_renamed on profile;
create trigger profile_renamed
    after update on profile
    for each row
    when (old.search_name is distinct from new.search_name
          or (old.protected_at is null) is distinct from (new.protected_at is null))
    execute function profile_renamed();

update case_file c set client_sort = '', name_protected = true
  from profile p where p.id = c.profile_id and p.protected_at is not null;
