# Runs a command a second apart, for as many seconds as the first argument says. One that fails ends this; with GO_ON
# what it wrote is an answer like any other.
seconds=$1
shift
while [ "$SECONDS" -lt "$seconds" ]; do
  if written=$("$@" 2>&1); then
    printf '%s\n' "$written"
  else
    [ -n "${GO_ON-}" ] || exit 1
    printf 'failed: %s\n' "$written"
  fi
  sleep 1
done
