# SPDX-License-Identifier: Apache-2.0
# Where a JDK 25 is; sourced by run and micro.
find_jdk() {
  local folder java
  java=$(readlink -f "$(command -v java || true)" || true)
  for folder in "${JAVA_HOME:-}" "${java%/bin/java}" /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/*; do
    if grep -qs '^JAVA_VERSION="25' "$folder/release" && [ -x "$folder/bin/javac" ]; then
      echo "$folder"
      return
    fi
  done
  echo "This needs a JDK 25; say where one is: JAVA_HOME=/path/to/jdk-25 $0" >&2
  return 1
}
