#!/bin/sh
# Proves that the schema accepts every rule of the project, the sound ones here and the examples of the
# reference, and refuses each broken one that its first line says it refuses. That guildmark check
# refuses all of them for the fault they are named after, the tests of the readers prove.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
root=$(cd "$folder/../../.." && pwd) || exit 2
schema=$root/standards/schema/rule.xsd
failures=0

fail() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

valid() {
    xmllint --nonet --noout --schema "$schema" "$1" 2>&1
}

examples=$(mktemp -d) || exit 2
trap 'rm -rf "$examples"' EXIT
# Each example of the reference that is a whole rule, in a file of its own.
awk -v folder="$examples" '
    /^```xml$/ { number += 1; inside = 1; next }
    /^```$/ { inside = 0; next }
    inside { print > (folder "/" number ".xml") }
' "$root/docs/reference/audit-rules.md" "$root/docs/reference/size-classes.md"
for kind in audit-time sampling size-classes; do
    grep -q "<$kind" "$examples"/*.xml || fail "no <$kind> in docs/reference"
done

for rule in "$root"/standards/rules/*/*.xml "$folder"/sound/*.xml "$examples"/*.xml; do
    report=$(valid "$rule") || fail "$rule should be valid: $report"
done

for rule in "$folder"/broken/*.xml; do
    name=$(basename "$rule" .xml)
    case $(head -n 1 "$rule") in
    "<!-- expect: ${name%-*}, refused by the schema -->") refused_by_schema=yes ;;
    "<!-- expect: ${name%-*}, refused by the reader -->") refused_by_schema=no ;;
    *) fail "$name: the first line does not name the fault" && continue ;;
    esac
    if valid "$rule" > /dev/null; then
        [ "$refused_by_schema" = no ] || fail "$name: the schema accepts it"
    else
        [ "$refused_by_schema" = yes ] || fail "$name: the schema already refuses it"
    fi
done

[ "$failures" -eq 0 ] && echo "all rules judged as expected"
[ "$failures" -eq 0 ]
