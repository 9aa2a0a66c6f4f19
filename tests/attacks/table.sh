#!/bin/sh
# table.sh BUILD: the suite in every tier, as root, and the table of docs/attacks.md made of it.
set -eu
build=$(readlink -f "$1")
here=$(dirname "$(readlink -f "$0")")
rows=$(mktemp -d "${TMPDIR:-/tmp}/grade-attack-rows.XXXXXX")
trap 'rm -rf "$rows"' EXIT
chmod 777 "$rows"
for who in root container ordinary; do
  "$here/run.sh" "$who" "$build/tests/attacks" "$build/grader/cli/grade" "$build/lib/grade/libgrade_schedule.so" \
    "$build/tests/sandbox/hosts/sandbox-host" --rows "$rows/$who" >&2
done
/usr/bin/python3 -B "$here/table.py" "$rows/root" "$rows/container" "$rows/ordinary"
