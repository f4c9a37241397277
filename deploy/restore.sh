#!/usr/bin/env bash
# Restores a back-up of deploy/backup.sh into an empty database and checks that engine and tables belong together.
#
#   PGHOST=… PGUSER=… PGPASSWORD=… PGDATABASE=ancora deploy/restore.sh FILE
#
# Stop every node first. Either everything is restored or nothing. Start Ancora afterwards as usual: due timers fire then,
# and a message that was being sent while the back-up was taken is shown as "unknown" to a person, never sent again.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
file=${1:?the back-up to restore}
[ ! -e "$file.sha256" ] || (cd "$(dirname "$file")" && sha256sum --quiet --check "$(basename "$file").sha256")

tables=$(psql -XAtqc "select count(*) from pg_tables where schemaname in ('public', 'engine')")
[ "$tables" -eq 0 ] || {
    echo "The database $(psql -XAtqc 'select current_database()') holds $tables tables already: create an empty one and name it in PGDATABASE." >&2
    exit 1
}

pg_restore --no-owner --no-privileges --exit-on-error --single-transaction --dbname="$(psql -XAtqc 'select current_database()')" "$file"
psql -XAtqc 'analyze'

# Each line of the check is one thing that does not belong together.
broken=$(psql -XAtq -v ON_ERROR_STOP=1 -f "$here/consistency.sql")
if [ -n "$broken" ]; then
    echo "The back-up was restored, and this does not belong together:" >&2
    echo "$broken" >&2
    exit 1
fi
psql -XAtqc "select format('Restored: schema %s, %s cases, %s running procedures, %s open tasks, %s timers and steps, %s messages',
    (select version from flyway_schema_history where success and version is not null order by installed_rank desc limit 1),
    (select count(*) from case_file),
    (select count(*) from engine.act_ru_execution where parent_id_ is null and super_exec_ is null),
    (select count(*) from work_item),
    (select count(*) from engine.act_ru_job),
    (select count(*) from message))"
