#!/usr/bin/env bash
# Backs up a running Ancora: one file that holds the engine's tables and ours as they were at one instant.
#
#   PGHOST=… PGUSER=… PGPASSWORD=… PGDATABASE=ancora deploy/backup.sh FILE
#
# pg_dump reads everything in one snapshot, so a case, its procedure and its letters are always of the same moment, and
# people go on working meanwhile. Beside FILE lies FILE.sha256. The file holds personal data: keep it where only those may
# read it who may read the database. Embedded databases are backed up otherwise: see docs/operations.md.
set -euo pipefail
umask 077

file=${1:?the file to write, for example ancora-$(date -u +%Y%m%dT%H%MZ).dump}
[ ! -e "$file" ] || { echo "$file exists already; a back-up never overwrites another." >&2; exit 1; }

server=$(psql -XAtqc "select current_setting('server_version_num')::int / 10000")
client=$(pg_dump --version | grep -oE '[0-9]+' | head -1)
[ "$client" -ge "$server" ] || {
    echo "pg_dump is of PostgreSQL $client and cannot read a server of PostgreSQL $server: install its client programs." >&2
    exit 1
}

part="$file.part"
trap 'rm -f "$part"' EXIT
pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=60s --file="$part"
# A file that cannot be listed cannot be restored.
pg_restore --list "$part" > /dev/null
mv "$part" "$file"
(cd "$(dirname "$file")" && sha256sum "$(basename "$file")" > "$(basename "$file").sha256")
echo "Backed up to $file ($(stat -c %s "$file") bytes)"
