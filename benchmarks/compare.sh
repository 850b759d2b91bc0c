#!/usr/bin/env bash
# Loads direct, nginx, HAProxy and the gateway in turn and prints what each costs; --help says the options.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=environment.sh
source "$here/environment.sh"
cd "$root"

# The load and the upstream share one core; the peers get the other (--peer-core, default 0).
load_core="${DELTALLM_LOAD_CORE:-1}"
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
exec taskset -c "$load_core" "$java" -XX:+UseSerialGC -Xms256m -Xmx256m -Xmn192m -XX:MaxDirectMemorySize=256m \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dio.netty.leakDetection.level=disabled -Dio.netty.buffer.checkAccessible=false -Dio.netty.buffer.checkBounds=false \
    -cp "$classpath" io.deltallm.benchmarks.load.LoadComparison "$@"
