# What the launchers of this folder share; they source it after setting
#   program         the launcher's name, for messages
#   root            the folder of the repository
#   target          where the build goes, the module's target folder or one below it
#   sources         files and folders beside the modules' own that the build reads (an array)
#   maven_options   words for Maven beside the goal (an array, not empty)
# and then call: jdk=$(find_jdk) || exit 1; build_if_stale; the jars are in $(app_folder), the sources'
# revision in $revision.
# shellcheck shell=bash disable=SC2154

readonly WANTED=25

if revision=$(git -C "$root" rev-parse --short HEAD 2>/dev/null); then
  # results that other runs have left do not change the program
  git -C "$root" diff --quiet HEAD -- . ':(exclude)bench/results' || revision+=-dirty
else
  revision=unknown
fi

fail() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

# Whether folder $1 holds a JDK that is new enough.
usable() {
  local line
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  line=$("$1/bin/java" -version 2>&1 | head -n 1)
  [[ $line =~ \"(1\.)?([0-9]+) ]] && [ "${BASH_REMATCH[2]}" -ge "$WANTED" ]
}

# The places that most machines need; train/bin/gmr knows more of them.
find_jdk() {
  local home
  if [ -n "${GMR_JAVA_HOME:-}" ]; then
    usable "$GMR_JAVA_HOME" && printf '%s\n' "$GMR_JAVA_HOME" && return
    fail "GMR_JAVA_HOME is $GMR_JAVA_HOME, which is not the folder of a JDK $WANTED or later"
  fi
  if [ -n "${JAVA_HOME:-}" ] && usable "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return
  fi
  home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  for home in "$home" /usr/lib/jvm/* /opt/*jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    usable "$home" && printf '%s\n' "$home" && return
  done
  fail "no JDK $WANTED or later found; get one from https://adoptium.net or your package manager," \
    "or set GMR_JAVA_HOME"
}

# The folder with the jars of the last build.
app_folder() {
  cat "$target/.$program-built"
}

# Whether nothing is built or a source or build file is younger than what is.
stale() {
  local marker=$target/.$program-built module
  [ -e "$marker" ] && [ -d "$(cat "$marker")" ] || return 0
  local inputs=("$root/pom.xml" ${sources[@]+"${sources[@]}"})
  for module in kernels nn data train bench; do
    inputs+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  [ -n "$(find "${inputs[@]}" -newer "$marker" -print -quit 2>/dev/null)" ]
}

# Builds the jars and copies them to a folder of their own: each fork of a run that goes on for half
# an hour loads them anew, and a build meanwhile must not change what it measures.
build_if_stale() {
  stale || return 0
  local log=$target/build.log begun=$target/.$program-begun app
  command -v mvn >/dev/null || fail "Maven is needed to build once; install it and try again"
  mkdir -p "$target" || fail "cannot make the folder $target"
  printf '%s: building once, about a minute...\n' "$program" >&2
  : >"$begun"
  rm -rf "$target/lib"
  if ! run_maven >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail "the build failed; all of its output is in $log"
  fi
  find "$target" -maxdepth 1 -name 'app.*' -mtime +1 -exec rm -rf {} +
  app=$(mktemp -d "$target/app.XXXXXX") && cp "$target/lib/"*.jar "$app" ||
    fail "cannot copy the jars of $target/lib"
  printf '%s\n' "$app" >"$target/.$program-built"
  # As old as the build's begin, so that what was edited meanwhile is built the next time.
  touch -r "$begun" "$target/.$program-built"
}

# The variable lets Maven's toolchain search find the JDK wherever it lies.
run_maven() (
  cd "$root" || return
  export JAVA25_HOME=$jdk
  if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
    export JAVA_HOME=$jdk
  fi
  mvn -q -B "${maven_options[@]}" package
)
