#!/bin/sh
# Proves that the catalogue check accepts what is sound and refuses each broken catalogue for the
# fault that its first line names, by the schema or by the further rules as that line says.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
standards=$(cd "$folder/../../../standards" && pwd) || exit 2
check=$standards/check.sh
failures=0

fail() {
    echo "FAILED: $1"
    failures=$((failures + 1))
}

# The words by which xmllint or check.sh names the fault `code`.
words_for() {
    case $1 in
    duplicate_*) echo "Duplicate key-sequence .* unique identity-constraint '[^']*$1'" ;;
    element_unknown) echo "This element is not expected" ;;
    attribute_unknown) echo "The attribute '[^']*' is not allowed" ;;
    evidence_missing) echo "Missing child element(s).*evidence" ;;
    *) echo "xml: $1: " ;;
    esac
}

# The example in the guide is a catalogue too.
example=$(mktemp) || exit 2
trap 'rm -f "$example"' EXIT
# shellcheck disable=SC2016 # the backticks are Markdown
sed -n '/^```xml$/,/^```$/p' "$standards/README.md" | sed '/^```/d' > "$example"

# Other data beside the catalogues (crosswalks, rules) has other namespaces.
catalogues=$(grep -l --include='*.xml' -r 'xmlns="urn:guildmark:standard:1"' "$standards")
[ -n "$catalogues" ] || fail "no catalogue found in $standards"
for catalogue in $catalogues "$folder"/sound/*.xml "$example"; do
    report=$("$check" "$catalogue") || fail "$catalogue should be sound: $report"
done

for catalogue in "$folder"/broken/*.xml; do
    first_line=$(head -n 1 "$catalogue")
    code=$(basename "$catalogue" .xml)
    case $first_line in
    "<!-- expect: $code, refused by the schema -->") refused_by_schema=yes ;;
    "<!-- expect: $code, refused by the rules -->") refused_by_schema=no ;;
    *) fail "$code: the first line does not name the fault" && continue ;;
    esac
    if "$check" --schema-only "$catalogue" > /dev/null; then
        [ "$refused_by_schema" = no ] || fail "$code: the schema accepts it"
    else
        [ "$refused_by_schema" = yes ] || fail "$code: the schema already refuses it"
    fi
    if report=$("$check" "$catalogue"); then
        fail "$code: accepted"
    elif ! echo "$report" | grep -q "$(words_for "$code")"; then
        fail "$code: refused for another fault: $report"
    fi
done

[ "$failures" -eq 0 ] && echo "all catalogues judged as expected"
[ "$failures" -eq 0 ]
