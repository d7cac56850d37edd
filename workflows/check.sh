#!/bin/sh
# Validates the files of workflows against their schemas. What names refer to, the program checks
# when it loads a workflow; an editor that knows the schemas shows the rest while it is written.
#
# Usage: workflows/check.sh FILE...
# Exit:  0 all are valid, 1 a file is not, 2 the check itself cannot run.
set -u

folder=$(cd "$(dirname "$0")" && pwd) || exit 2
command -v xmllint > /dev/null || { echo "check.sh: xmllint is not installed" >&2; exit 2; }
if [ $# -eq 0 ]; then
    echo "usage: check.sh FILE..." >&2
    exit 2
fi

faults=0
for file in "$@"; do
    case $file in
    *.scxml) schema=scxml.xsd ;;
    simulation.xml | */simulation.xml) schema=simulation.xsd ;;
    *migration*.xml) schema=migration.xsd ;;
    *) schema=workflow.xsd ;;
    esac
    xmllint --nonet --noout --schema "$folder/schema/$schema" "$file" 2>&1 | grep -v ' validates$'
    xmllint --nonet --noout --schema "$folder/schema/$schema" "$file" > /dev/null 2>&1 || faults=1
done
exit "$faults"
