#!/usr/bin/env bash
# Tries the way out: copies the sources to a scratch folder, renames the engine to its maintained fork, Operaton, and
# compiles and tests the copy there. The working tree is left alone.
#
#   deploy/exit/operaton.sh [-v VERSION] [-d FOLDER] [compile | test [surefire arguments…]]
#
#   compile   renames and compiles product and tests (the default)
#   test      does that and runs the tests; further arguments go to Maven, for example -Dtest='ModelCheckTest'
#
# What it renames is mechanical and listed below: coordinates, packages, one class-path folder, two methods that carry the
# engine's name, and the expression language's interfaces, which the fork takes from Jakarta. The namespace "camunda:" in
# the diagrams stays; the fork reads it. What came of it: docs/decisions/0007-exit-to-operaton.md.
set -euo pipefail

version=1.0.3
folder=
while getopts "v:d:" option; do
    case $option in
        v) version=$OPTARG ;;
        d) folder=$OPTARG ;;
        *) sed -n '2,10p' "$0" >&2; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
task=${1:-compile}
[ $# -gt 0 ] && shift

sources=$(cd "$(dirname "$0")/../.." && pwd)
folder=${folder:-$(mktemp -d -t ancora-operaton-XXXXXX)}
mkdir -p "$folder"
echo "Copying to $folder"
# The files as they stand in the working tree, ignored ones apart, and what the front end's build left, so that it need not run again.
(cd "$sources" && git ls-files -z -co --exclude-standard | xargs -0 -I{} sh -c '[ -e "$1" ] && printf "%s\0" "$1"' _ {} | tar --null -T - -cf -) \
    | tar -C "$folder" -xf -
for built in src/main/frontend/node_modules target/classes/static target/frontend; do
    if [ -e "$sources/$built" ] && [ ! -e "$folder/$built" ]; then
        mkdir -p "$folder/$(dirname "$built")"
        cp -a "$sources/$built" "$folder/$built"
    fi
done
cd "$folder"

echo "Renaming to Operaton $version"
sed -i \
    -e 's#<groupId>org\.camunda\.bpm</groupId>#<groupId>org.operaton.bpm</groupId>#' \
    -e 's#<artifactId>camunda-engine-spring-6</artifactId>#<artifactId>operaton-engine-spring</artifactId>#' \
    -e 's#<artifactId>camunda-engine</artifactId>#<artifactId>operaton-engine</artifactId>#' \
    -e "s#<camunda.version>[^<]*</camunda.version>#<camunda.version>$version</camunda.version>#" \
    pom.xml
# What the fork deprecates is for the day of the move, so warnings are shown and do not end the trial.
sed -i -e '/<arg>-Werror<\/arg>/d' pom.xml
find src \( -name '*.java' -o -name '*.xml' -o -name '*.yaml' -o -name '*.properties' \) -type f -print0 | xargs -0 sed -i \
    -e 's#org\.camunda\.bpm\.impl\.juel\.jakarta\.el#jakarta.el#g' \
    -e 's#org\.camunda\.bpm\b#org.operaton.bpm#g' \
    -e 's#org/camunda/bpm\b#org/operaton/bpm#g' \
    -e 's#"org\.camunda#"org.operaton#g' \
    -e 's#getCamundaFormDefinitionKey#getOperatonFormDefinitionKey#g' \
    -e 's#getCamundaFormRef#getOperatonFormRef#g'
# Jakarta's newer interface no longer asks what an expression editor would want to know: the method stays, unasked.
perl -0pi -e 's#\@Override\s+(public \S+ getFeatureDescriptors|public Iterator<[^>]*> getFeatureDescriptors)#$1#' \
    src/main/java/org/ancora/process/engine/RestrictedExpressions.java

left=$(grep -rnE 'org[./]camunda' --include='*.java' --include=pom.xml src pom.xml | grep -v 'org\.camunda\.feel' || true)
[ -z "$left" ] || { echo "Still named after Camunda:"; echo "$left"; }

echo "Compiling"
if ! mvn -B -Dquick -Dstyle.color=never process-test-classes > compile.log 2>&1; then
    grep -E "^\[(ERROR|WARNING)\]" compile.log | head -60
    echo "It does not compile."
    exit 1
fi
grep -E "^\[WARNING\].*\.java" compile.log || true
echo "It compiles."
[ "$task" = test ] || exit 0

echo "Testing"
mvn -B -Dquick test "$@"
