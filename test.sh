#!/usr/bin/env bash
# Builds everything and runs every test; the last line is `N passed, N failed, N skipped`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

usage() {
  cat <<'USAGE'
Usage: ./test.sh [OPTION] [NAME…]

Builds the solution and runs the test projects, under both grain runtimes where the Orleans packages
restore. The last line is `N passed, N failed, N skipped`; the exit code is 0 only if nothing failed.

  NAME            run only tests/NAME.Tests (Protocols, SipStack, Grains …), under the Local runtime only
  --orleans       run under the Orleans runtime only; its packages must restore
  --local         run under the Local runtime only
  --docs          write the generated documents anew (docs/conformance.md from the tests,
                  docs/configuration.md from the options classes), and run nothing
  --no-peers      install nothing; tests whose peer is missing are skipped
  --help          this text

Environment:
  TEST_JOBS=2          test projects that run at the same time
  TEST_TIMEOUT=1200    seconds after which a test project counts as hung, and so as failed
  OrleansVersion=X RestoreAdditionalProjectSources=FOLDER
                       another build of the Orleans packages

Logs and JUnit results of the last run: artifacts/test/.
USAGE
}

names=() runtimes="" docs=no peers=yes
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --orleans) runtimes="Orleans" ;;
    --local) runtimes="Local" ;;
    --docs | --conformance) docs=yes ;;
    --no-peers) peers=no ;;
    -*) echo "test.sh: unknown option $argument (see ./test.sh --help)" >&2; exit 2 ;;
    *) names+=("${argument%.Tests}") ;;
  esac
done
for name in ${names[@]+"${names[@]}"}; do
  [ -d "tests/$name.Tests" ] || { echo "test.sh: there is no tests/$name.Tests" >&2; exit 2; }
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export MSBUILDTERMINALLOGGER=off
# A build server that outlives this script would hold the pipe of a CI run open.
[ "${CI:-}" = true ] && export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

logs=artifacts/test
mkdir -p "$logs"
jobs_at_once="${TEST_JOBS:-2}"
time_limit="${TEST_TIMEOUT:-1200}"
started=$SECONDS
passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }

# wait_for PID TEXT: waits, and says every 20 seconds (the first time after 2) that TEXT goes on.
wait_for() {
  local pid=$1 text=$2 since=$SECONDS next=2
  while kill -0 "$pid" 2>/dev/null; do
    if [ $((SECONDS - since)) -ge "$next" ]; then
      say "  … $text ($((SECONDS - since)) s)"
      next=$((next + 20))
    fi
    sleep 0.2
  done
  wait "$pid"
}

# step TEXT LOG COMMAND…: runs a command with its output in a log; shows the log's errors when it fails.
step() {
  local text=$1 log=$2
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  wait_for $! "$text"
}

total_line() { say "$passed passed, $failed failed, $skipped skipped"; }

give_up() {
  say "test.sh: $1"
  failed=$((failed + 1))
  total_line
  exit 1
}

# usable PEER: whether a peer that is here may do its work: a container may forbid to capture or to trace.
usable() {
  case "$1" in
    tshark) timeout -k 5 30 tshark -q -i lo -a duration:1 -w "$PWD/$logs/capture-probe.pcap" >"$logs/capture-probe.log" 2>&1 </dev/null ;;
    strace) timeout -k 5 30 strace -D -f -o "$logs/trace-probe.log" true >/dev/null 2>&1 </dev/null ;;
    # It wants an address besides those of the loopback, though the tests give it none to use.
    baresip)
      mkdir -p "$logs/baresip-probe" && touch "$logs/baresip-probe/accounts" "$logs/baresip-probe/contacts" &&
        printf 'sip_listen 127.0.0.1:0\nmodule_path %s\nmodule_app menu.so\n' /usr/lib/baresip/modules >"$logs/baresip-probe/config" &&
        timeout -k 5 30 baresip -f "$PWD/$logs/baresip-probe" -t 1 >"$logs/baresip-probe.log" 2>&1 </dev/null
      grep -q 'baresip is ready' "$logs/baresip-probe.log" ;;
  esac
}

# The real peers: sipp, tshark, strace, kamailio and baresip. Installed where this is root on Debian; else left out, in one line each.
install_peers() {
  local missing=() package
  command -v sipp >/dev/null || missing+=(sip-tester)
  command -v tshark >/dev/null || missing+=(tshark)
  command -v strace >/dev/null || missing+=(strace)
  command -v kamailio >/dev/null || missing+=(kamailio)
  command -v baresip >/dev/null || missing+=(baresip-core)
  if [ ${#missing[@]} -gt 0 ] && [ "$peers" = yes ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    # tshark asks whether others may capture; "no" is the answer, and the question must not be put.
    command -v debconf-set-selections >/dev/null &&
      echo 'wireshark-common wireshark-common/install-setuid boolean false' | debconf-set-selections 2>/dev/null
    local install=(apt-get install -y -q --no-install-recommends "${missing[@]}")
    step "installing ${missing[*]}" "$logs/peers.log" "${install[@]}" || {
      step "apt-get update" "$logs/apt-update.log" apt-get update -q
      step "installing ${missing[*]}" "$logs/peers.log" "${install[@]}"
    }
    # Debian's package starts it on port 5060; the tests start their own.
    [[ " ${missing[*]} " == *" kamailio "* ]] && command -v systemctl >/dev/null &&
      systemctl disable --now kamailio >>"$logs/peers.log" 2>&1
  fi
  # What is here must stay usable: a test may skip only a peer that this list does not name.
  POSTE_TEST_PEERS="" POSTE_TEST_UNUSABLE=""
  for package in sipp:sip-tester tshark:tshark strace:strace kamailio:kamailio baresip:baresip-core; do
    if command -v "${package%%:*}" >/dev/null && ! usable "${package%%:*}"; then
      POSTE_TEST_UNUSABLE="$POSTE_TEST_UNUSABLE${POSTE_TEST_UNUSABLE:+,}${package%%:*}"
      say "left out: ${package%%:*}, which may not do its work here (no right to capture or to trace, or no network); the tests that need it are skipped"
    elif command -v "${package%%:*}" >/dev/null; then
      POSTE_TEST_PEERS="$POSTE_TEST_PEERS${POSTE_TEST_PEERS:+,}${package%%:*}"
    else
      say "left out: ${package%%:*} (Debian package ${package##*:}); the tests that need it are skipped"
    fi
  done
  export POSTE_TEST_PEERS POSTE_TEST_UNUSABLE
}

# build RUNTIME: restore, then one build of the whole solution, or of the named test projects.
build() {
  local runtime=$1 log="$logs/build.$1.log" targets=(PosteRestante.slnx) target
  if [ ${#names[@]} -gt 0 ] && [[ " ${names[*]} " != *" Architecture "* ]]; then
    targets=()
    for target in "${names[@]}"; do targets+=("tests/$target.Tests"); done
  fi
  : >"$log"
  for target in "${targets[@]}"; do
    step "building $target for $runtime" "$log.part" \
      dotnet build "$target" --nologo -v quiet -p:GrainRuntime="$runtime" || {
      grep -E 'error|warning' "$log.part" | sort -u | head -40
      give_up "the build for $runtime failed ($log.part)"
    }
    cat "$log.part" >>"$log" && rm -f "$log.part"
  done
}

# projects RUNTIME: the test projects to run, one a line. Under Orleans those that are built against its API, but for
# a project that says <GrainRuntimes>Local</GrainRuntimes>.
projects() {
  local runtime=$1 project name
  for project in tests/*.Tests/*.Tests.csproj; do
    name=$(basename "$(dirname "$project")" .Tests)
    if [ ${#names[@]} -gt 0 ] && [[ " ${names[*]} " != *" $name "* ]]; then continue; fi
    if [ "$runtime" = Orleans ]; then
      [ -f "artifacts/Orleans/bin/$name.Tests/debug/Orleans.Core.Abstractions.dll" ] || continue
      grep -q '<GrainRuntimes>Local</GrainRuntimes>' "$project" && continue
    fi
    say "$name"
  done
}

# count LOG FIELD: a number of the runner's summary line.
count() { sed -n "s/.*Total: .*[ ,]$2: \([0-9]*\).*/\1/p" "$1" | tail -n 1; }

# finish RUNTIME NAME CODE SECONDS: reads one project's log, adds its counts, prints its line and what failed.
finish() {
  local runtime=$1 name=$2 code=$3 seconds=$4 log="$logs/$1.$2.log" total bad skips
  total=$(sed -n 's/.*Total: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
  bad=$(( $(count "$log" Errors || true) + $(count "$log" Failed || true) + 0 ))
  skips=$(( $(count "$log" Skipped || true) + 0 ))
  local not_run=$(( $(count "$log" "Not Run" || true) + 0 ))
  if [ -z "$total" ]; then
    # No summary: the process died or was stopped at the time limit.
    total=1 bad=1
    [ "$code" = 124 ] && { say "  $name hung: stopped after $time_limit s"; grep -i 'long running' "$log" | tail -n 5; }
  elif [ "$code" != 0 ] && [ "$bad" = 0 ]; then
    bad=1 total=$((total + 1))
  fi
  local good=$((total - bad - skips - not_run))
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skips))
  say "$(printf '  %-22s %-8s %5d passed, %d failed, %d skipped  (%d s)' "$name" "$runtime" "$good" "$bad" "$skips" "$seconds")"
  # Lines that a test wants read even when it passes (TestKit.Notes).
  sed -n 's/^» /    » /p' "$log"
  sed -n '/\[SKIP\]/{n;s/^ */    skipped: /p}' "$log" | sort | uniq -c | sed 's/^ *\([0-9]*\) \(.*\)/\2 (\1)/'
  if [ "$bad" != 0 ]; then
    grep -vE '^ *(Discover|Starting|Finished|xUnit.net|===)|^» ' "$log" | head -150
    say "  the whole log: $log"
  fi
}

# run RUNTIME: runs the projects, a few at a time, each in its own process.
run() {
  local runtime=$1 name next=0 pid i
  local queue=() running=() run_names=() run_since=() run_told=()
  mapfile -t queue < <(projects "$runtime")
  while [ "$next" -lt "${#queue[@]}" ] || [ "${#running[@]}" -gt 0 ]; do
    while [ "$next" -lt "${#queue[@]}" ] && [ "${#running[@]}" -lt "$jobs_at_once" ]; do
      name=${queue[$next]} next=$((next + 1))
      local exe="artifacts/$runtime/bin/$name.Tests/debug/PosteRestante.$name.Tests"
      "${limit[@]}" "$exe" -noColor -noLogo -noAutoReporters -longRunning 60 \
        -jUnit "$logs/$runtime.$name.xml" >"$logs/$runtime.$name.log" 2>&1 </dev/null &
      running+=($!) run_names+=("$name") run_since+=("$SECONDS") run_told+=(2)
    done
    sleep 0.2
    for i in "${!running[@]}"; do
      pid=${running[$i]} name=${run_names[$i]}
      local age=$((SECONDS - run_since[i])) code=0
      if kill -0 "$pid" 2>/dev/null; then
        if [ "$age" -ge "${run_told[$i]}" ]; then
          say "  … $name ($age s)"
          run_told[i]=$((age + 20))
        fi
        continue
      fi
      wait "$pid" 2>/dev/null || code=$?
      finish "$runtime" "$name" "$code" "$age"
      unset "running[$i]" "run_names[$i]" "run_since[$i]" "run_told[$i]"
    done
    running=(${running[@]+"${running[@]}"}) run_names=(${run_names[@]+"${run_names[@]}"})
    run_since=(${run_since[@]+"${run_since[@]}"}) run_told=(${run_told[@]+"${run_told[@]}"})
  done
}

limit=()
command -v timeout >/dev/null && limit=(timeout --kill-after=20 "$time_limit")
command -v dotnet >/dev/null || give_up "the .NET SDK is missing: dotnet is not on the PATH"

if [ "$docs" = yes ]; then
  build Local
  POSTE_WRITE_DOCS=1 artifacts/Local/bin/Architecture.Tests/debug/PosteRestante.Architecture.Tests -noColor -noLogo \
    -trait Writes=docs || exit 1
  say "docs/conformance.md and docs/configuration.md are written"
  exit 0
fi

install_peers
if [ "$runtimes" != Orleans ]; then
  say "Local"
  build Local
  run Local
fi
if [ "$runtimes" != Local ] && { [ ${#names[@]} -eq 0 ] || [ "$runtimes" = Orleans ]; }; then
  # The restore is the probe: where the packages are missing it ends within seconds and touches only artifacts/Orleans.
  restore_log="$logs/restore.Orleans.log"
  if step "looking for the Orleans packages" "$restore_log" \
    dotnet restore PosteRestante.slnx -v quiet -p:GrainRuntime=Orleans; then
    say "Orleans"
    build Orleans
    run Orleans
  elif [ "$runtimes" = Orleans ]; then
    grep error "$restore_log" | sort -u | head -20
    give_up "the restore for Orleans failed ($restore_log)"
  # A package, or a version of it, that is not there, or a source that does not answer; anything else is a defect of ours.
  elif grep -qE 'NU1101|NU1102|NU1103|NU1603|NU1301' "$restore_log"; then
    say "left out: the Orleans runtime; the Microsoft.Orleans packages do not restore here ($restore_log)"
  else
    grep error "$restore_log" | sort -u | head -20
    give_up "the restore for Orleans failed, and not for want of packages ($restore_log)"
  fi
fi

say "in $((SECONDS - started)) s"
total_line
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
