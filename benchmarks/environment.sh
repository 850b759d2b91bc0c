# Sourced by compare.sh and jmh.sh: finds a JDK 25, builds this module when its sources are newer than its classes.
# Sets root, java and classpath.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

find_java() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25*; do
        if [[ -n "$home" && -x "$home/bin/java" ]] && "$home/bin/java" -version 2>&1 | grep -q 'version "25'; then
            echo "$home/bin/java"
            return
        fi
    done
    echo "no JDK 25: set JAVA_HOME to one, or install it under /usr/lib/jvm" >&2
    return 1
}

build_when_stale() {
    local module="$root/benchmarks" built="$root/benchmarks/target/classpath"
    if [[ ! -f "$built" || -n "$(find "$root"/proxy-*/src/main "$module/src/main" "$module/pom.xml" -newer "$built" -print -quit)" ]]; then
        echo "building the benchmarks" >&2
        (cd "$root" && mvn -q -Pquick -pl benchmarks -am -DskipTests compile >&2)
        touch "$built"
    fi
}

java="$(find_java)"
build_when_stale
classpath="$root/benchmarks/target/classes:$(<"$root/benchmarks/target/classpath")"
