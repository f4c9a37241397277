-- Finding a client before recording them again: by how their name sounds, by day of birth, by number and address.

-- What a name of English, Spanish or Italian sounds like, word by word: the same for Hernández and Ernandes, Kiara and
-- Chiara, Huamán and Waman, Meyer and Maier. Consonants carry it; vowels count only at the beginning of a word, or where
-- there is hardly anything else.
create function name_sounds(name text) returns text[]
    language plpgsql immutable parallel safe strict as
$$
declare
    heard text := ' ' || translate(lower(name), '-''’.,()', ' ') || ' ';
    alike constant text[] := array[
        [' de ', ' '], [' del ', ' '], [' la ', ' '], [' las ', ' '], [' los ', ' '], [' y ', ' '],
        [' kn', ' n'], [' wr', ' r'], [' ps', ' s'], [' ll', ' y'], [' x', ' j'], [' gn', ' n'],
        ['hua', 'wa'], ['hue', 'we'], [' gua', ' wa'], ['sch', 'sk'], ['ph', 'f'], ['ght', 't'], ['gh', 'g'], ['ck', 'k'],
        ['sh', 's'], ['th', 't'], ['gli', 'li'], ['gn', 'n'], ['sci', 'si'], ['sce', 'se'], ['ch', 'k'], ['qu', 'k'],
        ['ge', 'je'], ['gi', 'ji'], ['gue', 'ge'], ['gui', 'gi'], ['ce', 'se'], ['ci', 'si'], ['cy', 'si'], ['tz', 's'],
        ['mps', 'ms'], ['aw', 'a'], ['ew', 'e'], ['ow', 'o'],
        ['c', 'k'], ['q', 'k'], ['z', 's'], ['v', 'b'], ['w', 'b'], ['x', 'ks'], ['h', ''], ['y', 'i']];
    pair text[];
begin
    foreach pair slice 1 in array alike loop
        heard := replace(heard, pair[1], pair[2]);
    end loop;
    heard := regexp_replace(heard, '([a-z])\1+', '\1', 'g');
    return array(
        select distinct case when length(spoken) > 1 then spoken else word end
          from unnest(string_to_array(btrim(heard), ' ')) word,
               lateral (select left(word, 1) || translate(substr(word, 2), 'aeiou', '')) each (spoken)
         where word <> ''
         order by 1);
end
$$;

alter table profile add column sounds text[] generated always as (name_sounds(search_name)) stored;
create index profile_sounds on profile using gin (sounds);
create index profile_born on profile (network_id, born_on) where born_on is not null;
create index contact_point_exact on contact_point (lower(value)) where removed_at is null;

-- What was answered when a new client looked like one on record.
create table lookalike_answer (
    id          bigint generated always as identity primary key,
    project_id  bigint      not null references project (id),
    case_code   text        not null,
    profile_id  bigint      not null references profile (id),
    -- the clients who were shown
    shown       bigint[]    not null,
    elsewhere   boolean     not null,
    same        boolean     not null,
    reason      text        not null,
    answered_by bigint      references account (id),
    answered_at timestamptz not null,
    check (same or reason <> '')
);
create index lookalike_answer_by_case on lookalike_answer (case_code);
