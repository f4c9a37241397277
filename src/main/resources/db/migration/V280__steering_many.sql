-- Every deed can be done to many: to which part of each of them, and where that is to go or what it is to be.
alter table steering_batch
    drop constraint steering_batch_action_check,
    add constraint steering_batch_action_check check (action in
        ('retry', 'suspend', 'resume', 'cancel', 'reschedule', 'move', 'correct', 'migrate', 'restart')),
    add column what    text not null default '',
    add column becomes text not null default '',
    add column said    text not null default '';

-- Why one was left as it is, in a sentence of its own; for one whose turn has not come, what a trial has said.
alter table steering_row add column said text not null default '';
