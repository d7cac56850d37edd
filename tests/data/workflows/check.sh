#!/bin/sh
# Proves that the schemas of workflows accept every sound workflow and refuse what they can know to be
# wrong. The rest, the program refuses: tests/unit/workflow/workflow_test.cpp.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
root=$(cd "$folder/../../.." && pwd) || exit 2
check=$root/workflows/check.sh
failures=0

fail() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

sound=0
for file in "$root"/workflows/*/*.scxml "$root"/workflows/*/*.xml \
    "$root"/samples/*/workflows/*/*.scxml "$root"/samples/*/workflows/*/*.xml "$folder"/sound/*; do
    [ -f "$file" ] || continue
    sound=$((sound + 1))
    report=$("$check" "$file") || fail "$file should be valid: $report"
done
[ "$sound" -ge 9 ] || fail "only $sound sound files were found"

for name in action_unknown attribute_invalid attribute_invalid-allow attribute_invalid-amount \
    attribute_invalid-decision attribute_invalid-gate attribute_invalid-id attribute_missing \
    attribute_unknown element_unknown element_unknown-root element_unknown-top id_repeated \
    id_repeated-field text_missing-empty translation_repeated xml_malformed; do
    for file in "$folder/broken/$name"/*.scxml "$folder/broken/$name"/*.xml; do
        [ -f "$file" ] || continue
        "$check" "$file" > /dev/null && fail "$name: the schema accepts $file"
    done
    [ -d "$folder/broken/$name" ] || fail "there is no broken copy $name"
done

[ "$failures" -eq 0 ] && echo "the schemas judge $sound sound files and the broken copies as expected"
[ "$failures" -eq 0 ]
