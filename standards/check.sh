#!/bin/sh
# Checks catalogues of requirements: first against the schema, then against the rules that
# XML Schema 1.0 cannot express. Prints one line per fault: file: code: where.
#
# Usage: standards/check.sh [--schema-only] FILE...
# Exit:  0 all are sound, 1 a file has a fault, 2 the check itself cannot run.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
command -v xmllint > /dev/null || { echo "check.sh: xmllint is not installed" >&2; exit 2; }

schema_only=no
if [ "${1:-}" = --schema-only ]; then
    schema_only=yes
    shift
fi
if [ $# -eq 0 ]; then
    echo "usage: check.sh [--schema-only] FILE..." >&2
    exit 2
fi

# How many languages the catalogue declares: the spaces between them, and one.
listed="normalize-space(/*/@languages)"
languages="string-length($listed) - string-length(translate($listed, ' ', '')) + 1"

faults=0

# Reports each node that `expression` finds in `file` as a fault of kind `code`.
refuse() {
    file=$1 code=$2 expression=$3
    found=$(xmllint --nonet --xpath "$expression" "$file" 2> /dev/null)
    status=$?
    # xmllint answers 10 when the expression finds nothing.
    [ "$status" -eq 10 ] && return
    [ "$status" -eq 0 ] || { echo "check.sh: cannot evaluate $code" >&2; exit 2; }
    faults=1
    echo "$found" | sed "s|^ *|$file: $code: |"
}

# The schema lets a language occur once per parent. So as many texts as there are declared
# languages, none of them in another language, means that every declared language is there.
check_rules() {
    refuse "$1" title_missing \
        "//*[local-name() != 'title' and *[local-name() = 'title']]
            [count(*[local-name() = 'title']) < $languages]/@id"
    refuse "$1" guidance_missing \
        "//*[local-name() = 'requirement']
            [count(*[local-name() = 'guidance']) < $languages]/@id"
    refuse "$1" language_undeclared \
        "//*[@xml:lang and not(contains(concat(' ', $listed, ' '), concat(' ', @xml:lang, ' ')))]
            /../@id"
    refuse "$1" evidence_misplaced \
        "//*[local-name() = 'evidence' and substring-before(@id, '-') != ../@id]/@id"
    refuse "$1" requirement_misplaced \
        "//*[local-name() = 'section']/*[local-name() = 'section' or local-name() = 'requirement']
            [not(starts-with(@id, concat(../@id, '.')))]/@id"
    # A date as a number; one that is not there is no number, and compares as neither.
    published="number(translate(@published-on, '-', ''))"
    initial="number(translate(@last-initial-to-old, '-', ''))"
    audit="number(translate(@last-audit-to-old, '-', ''))"
    end="number(translate(@end-on, '-', ''))"
    refuse "$1" transition_disordered \
        "//*[local-name() = 'transition']
            [$published > $initial or $published > $audit or $published > $end or
             $initial > $audit or $initial > $end or $audit > $end]/@to"
}

for catalogue in "$@"; do
    # Without the schema's guarantees the further rules would report nonsense.
    if ! xmllint --nonet --noout --schema "$folder/schema/standard.xsd" "$catalogue" 2>&1; then
        faults=1
    elif [ "$schema_only" = no ]; then
        check_rules "$catalogue"
    fi
done
exit "$faults"
