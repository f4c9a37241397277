-- What was done to the procedures of a folder, newest first; entries of everything else are not in it.
create index activity_of_procedure on activity (subject_id, id desc) where subject = 'procedure';
