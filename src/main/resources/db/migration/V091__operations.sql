-- Small indexes for the figures that are watched: only what is stuck or on its way stands in them.
create index act_idx_job_exhausted on engine.act_ru_job (id_) where retries_ <= 0;
create index message_under_way on message (state, created_at) where state in ('queued', 'sending', 'unknown');
