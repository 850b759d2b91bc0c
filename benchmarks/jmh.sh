#!/usr/bin/env bash
# Runs the JMH classes with allocation measured: ns/op and, as gc.alloc.rate.norm, B/op.
# Arguments go to JMH, e.g. `benchmarks/jmh.sh UsageTap -f 1`; without any, everything runs.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=environment.sh
source "$here/environment.sh"

# JMH takes each option once: what is given replaces the default.
declare -A defaults=([-f]=2 [-wi]=3 [-w]=2 [-i]=5 [-r]=1)
for argument in "$@"; do
    if [[ "$argument" == -* ]]; then unset "defaults[$argument]"; fi
done
options=()
for option in "${!defaults[@]}"; do options+=("$option" "${defaults[$option]}"); done

report="$(mktemp)"
trap 'rm -f "$report"' EXIT
"$java" -cp "$classpath" org.openjdk.jmh.Main "${options[@]}" -prof gc -foe true -rf csv -rff "$report" \
    -jvmArgs "-XX:+UseSerialGC -Xmx512m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.leakDetection.level=disabled" \
    "$@" >&2

echo "| benchmark | ns/op | ± | B/op |"
echo "| --- | ---: | ---: | ---: |"
awk -F, 'NR > 1 {
    gsub(/"/, ""); name = $1; sub(/.*\.jmh\./, "", name); sub(/Benchmark\./, ".", name)
    kind = ""; if (match(name, /:.*/)) { kind = substr(name, RSTART); name = substr(name, 1, RSTART - 1) }
    key = name; for (i = 8; i <= NF; i++) if ($i != "") key = key " (" $i ")"
    if (kind == "") { order[++count] = key; time[key] = $5; error[key] = $6 }
    if (kind ~ /gc.alloc.rate.norm/) bytes[key] = $5
} END { for (i = 1; i <= count; i++) printf "| %s | %.1f | %.1f | %.1f |\n", order[i], time[order[i]], error[order[i]], bytes[order[i]] }' "$report"
