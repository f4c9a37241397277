#!/usr/bin/env bash
# Tries back-up and restore for real: back-ups taken while a demo's clock moves, each restored and checked.
#
#   deploy/trial/backup.sh [BACK-UPS]        five unless said otherwise
#
# Needs the server programs of PostgreSQL (initdb, pg_ctl) and its client programs of the same version on the PATH or in
# PGBIN, curl, and a compiled Ancora. A server of its own is started in a scratch folder and removed at the end.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
home=$(dirname "$here")
count=${1:-5}
bin=${PGBIN:-$(dirname "$(readlink -f "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | tail -1)")")}
scratch=$(mktemp -d -t ancora-trial-XXXXXX)
export PATH="$bin:$PATH" PGHOST=localhost PGUSER=postgres PGPORT=${PGPORT:-55417}
port=${PORT:-18097}
app= ; load=

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --clear-groups env PATH="$PATH" "$@"); else "$@"; fi; }

finish() {
    [ -z "$load" ] || kill "$load" 2> /dev/null || true
    [ -z "$app" ] || { kill "$app" 2> /dev/null && wait "$app" 2> /dev/null; } || true
    as_postgres pg_ctl -D "$scratch/server" -m fast stop > /dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap finish EXIT

mkdir "$scratch/server" && chmod 755 "$scratch"
[ "$(id -u)" -ne 0 ] || chown postgres "$scratch/server"
as_postgres initdb -D "$scratch/server" -E UTF8 --locale=C.UTF-8 -A trust > /dev/null
as_postgres pg_ctl -D "$scratch/server" -o "-p $PGPORT -k $scratch/server" -l "$scratch/server/log" -w start > /dev/null
echo "PostgreSQL $(psql -XAtqc 'show server_version' postgres) runs"
psql -Xqc 'create database ancora' postgres

[ -s "$home/target/classpath" ] || mvn -q -f "$home/pom.xml" dependency:build-classpath -Dmdep.outputFile="$home/target/classpath"
java -Duser.timezone=UTC -XX:TieredStopAtLevel=1 -cp "$home/target/classes:$(cat "$home/target/classpath")" org.ancora.AncoraApplication \
    --spring.profiles.active=demo --server.port="$port" --ancora.data="$scratch/data" \
    --spring.datasource.url="jdbc:postgresql://localhost:$PGPORT/ancora" --spring.datasource.username=postgres \
    --spring.datasource.password=none > "$scratch/ancora.log" 2>&1 &
app=$!
for _ in $(seq 900); do
    curl -sf "localhost:$port/actuator/health/readiness" > /dev/null && break
    kill -0 "$app" || { tail "$scratch/ancora.log"; exit 1; }
    sleep 1
done
echo "Ancora is ready"

# Somebody moves the clock from timer to timer: procedures go on, letters are written, tasks fall due.
jar="$scratch/cookies"
token() { curl -s -b "$jar" -c "$jar" "localhost:$port$1" | grep -oE 'name="_csrf"[^>]*value="[^"]+"' | head -1 | sed 's/.*value="//; s/"$//'; }
curl -s -o /dev/null -b "$jar" -c "$jar" -d name=admin -d password=ancora --data-urlencode "_csrf=$(token /sign-in)" "localhost:$port/sign-in"
(while :; do
    curl -s -o /dev/null -w '%{http_code}\n' -b "$jar" -c "$jar" --data-urlencode "_csrf=$(token /notices)" "localhost:$port/demo/clock/next-timer" >> "$scratch/moves"
done) &
load=$!

for run in $(seq "$count"); do
    sleep 2
    PGDATABASE=ancora "$here/backup.sh" "$scratch/$run.dump"
done
kill "$load" && wait "$load" 2> /dev/null || true
load=
echo "The clock was moved $(grep -c '^30' "$scratch/moves") times meanwhile"

failed=0
for run in $(seq "$count"); do
    psql -Xqc "create database restored_$run" postgres
    PGDATABASE="restored_$run" "$here/restore.sh" "$scratch/$run.dump" || failed=$((failed + 1))
done
echo "$count back-ups, $failed failed"
[ "$failed" -eq 0 ]
