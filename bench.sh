#!/usr/bin/env bash
# Measures and prints the figures of the README, each also as a line `name=value`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

usage() {
  cat <<'USAGE'
Usage: ./bench.sh [NAME…|all] [--driver own|peers] [-- OPTIONS]

  parse      SIP parsing, per CPU second, and what it allocates
  deposit    durable deposits over UDP and TCP, beside Kamailio msilo with PostgreSQL where it can run
  drain      a waiting mailbox over MSRP to a client, confirmed durably, beside Kamailio msilo's delivery; its memory
  large      a message of 1 GiB in and out, beside plain copies; needs 5 GB of disk
  storm      1,000 users come back at once: PUBLISH, push, ten messages each
  store      the embedded store alone, under the writes of deposits
  fill       the embedded store with 10 million records: filling, opening again, reading (minutes, 4 GB of disk)
  all        the first five; so does no argument

  --driver   what sends the deposits, to us and to the peer: the peers' load driver where it is, else our own

OPTIONS go to the benchmark as they are. The peers' scripts are looked for in ../shared/bench/peers, or in
$POSTE_BENCH_PEERS; without them our own figures are printed alone, under the load of our own driver. As root
on Debian, what the peers need (a C compiler, Kamailio, PostgreSQL) is installed.
USAGE
}

names=() options=() driver=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --driver)
      case "${2:-}" in own | peers) driver=(--driver "$2"); shift ;; *) echo "bench.sh: --driver takes own or peers" >&2; exit 2 ;; esac ;;
    --) shift; options=("$@"); break ;;
    -*) echo "bench.sh: unknown option $1 (see ./bench.sh --help)" >&2; exit 2 ;;
    all) names=() ;;
    *) names+=("$1") ;;
  esac
  shift
done
[ ${#names[@]} -gt 0 ] || names=(parse deposit drain large storm)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDTERMINALLOGGER=off
logs=artifacts/bench
mkdir -p "$logs"

# The peers: a load driver in C that drives both sides alike, and the scripts that start the other servers.
find_peers() {
  local peers="${POSTE_BENCH_PEERS:-../shared/bench/peers}" missing=() log="$logs/peers.log"
  if [ ! -f "$peers/sipload.c" ]; then
    echo "left out: the peers' scripts are not in $peers; these are our figures alone"
    return
  fi
  peers=$(cd "$peers" && pwd)
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  [ -x /usr/sbin/kamailio ] || command -v kamailio >/dev/null || missing+=(kamailio kamailio-postgres-modules kamailio-extra-modules)
  command -v sipp >/dev/null || missing+=(sip-tester)
  command -v psql >/dev/null || missing+=(postgresql)
  if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -q --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null ||
      { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >>"$log" 2>&1 </dev/null ||
      echo "left out: ${missing[*]} could not be installed ($log)"
  fi
  if gcc -O2 -o "$logs/sipload" "$peers/sipload.c" >>"$log" 2>&1; then
    export POSTE_BENCH_SIPLOAD="$PWD/$logs/sipload"
  else
    echo "left out: the peers' load driver did not compile ($log)"
  fi
  if { [ -x /usr/sbin/kamailio ] || command -v kamailio >/dev/null; } && command -v psql >/dev/null; then
    export POSTE_BENCH_KAMAILIO="$peers/kamailio.sh"
  else
    echo "left out: Kamailio with PostgreSQL is not installed here; no ratio can be printed"
  fi
}

echo "building (Release)"
dotnet build bench/Bench.csproj -c Release --nologo -v quiet >"$logs/build.log" 2>&1 </dev/null || {
  grep -E 'error|warning' "$logs/build.log" | sort -u | head -40
  echo "bench.sh: the build failed ($logs/build.log)"
  exit 1
}
case " ${names[*]} " in *" deposit "* | *" drain "*) find_peers ;; esac

worst=0
for name in "${names[@]}"; do
  echo
  echo "== $name"
  chosen=()
  [ "$name" != deposit ] || chosen=(${driver[@]+"${driver[@]}"})
  artifacts/Local/bin/Bench/release/PosteRestante.Bench "$name" ${chosen[@]+"${chosen[@]}"} ${options[@]+"${options[@]}"} || worst=$?
done
exit "$worst"
