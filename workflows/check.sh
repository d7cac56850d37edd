#!/bin/sh
# Validates the files of workflows against their schemas, each together with what it includes. What
# names refer to, the program checks when it loads a workflow; an editor that knows the schemas shows
# the rest while it is written.
#
# Usage: workflows/check.sh FILE...
# Exit:  0 all are valid, 1 a file is not, 2 the check itself cannot run.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
for tool in xmllint xsltproc; do
    command -v "$tool" > /dev/null || { echo "check.sh: $tool is not installed" >&2; exit 2; }
done
if [ $# -eq 0 ]; then
    echo "usage: check.sh FILE..." >&2
    exit 2
fi

# A file that includes others is validated as the one document that they make.
validate() {
    if grep -q 'http://www.w3.org/2001/XInclude' "$1"; then
        whole=$(xmllint --nonet --xinclude --nofixup-base-uris "$1" 2>&1) || { echo "$whole"; return 1; }
        echo "$whole" | xsltproc --nonet "$folder/schema/unwrap.xsl" - |
            xmllint --nonet --noout --schema "$2" - 2>&1 | sed "s|^-:|$1 with what it includes:|"
    else
        xmllint --nonet --noout --schema "$2" "$1" 2>&1
    fi
}

faults=0
for file in "$@"; do
    case $file in
    *.scxml) schema=scxml.xsd ;;
    simulation.xml | */simulation.xml) schema=simulation.xsd ;;
    *migration*.xml) schema=migration.xsd ;;
    *) schema=workflow.xsd ;;
    esac
    said=$(validate "$file" "$folder/schema/$schema")
    case $said in
    "$file validates" | "- validates") ;;
    *)
        echo "$said"
        faults=1
        ;;
    esac
done
exit "$faults"
