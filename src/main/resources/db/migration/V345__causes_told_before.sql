-- What was told before V340 and has gone since is told again when it begins anew.
update incident_cause c set gone_at = now()
 where c.told_at is not null and c.gone_at is null
   and not exists (select 1 from procedure_incident i where i.cause_id = c.id);
