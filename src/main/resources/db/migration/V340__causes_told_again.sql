-- When the last of what had failed for a cause went well or was given up: whoever was told of it before is told again only when it
-- begins anew after that.
alter table incident_cause add column gone_at timestamptz;
