#!/usr/bin/env bash
# Makes all that the canary needs, with setup/set-up.sh: an environment that main alone may use, a principal that may use
# one warehouse and read nothing, its federation policy, and four variables of the repository. Then it starts the canary.
# It may be run again at any time: what is there is kept, and what differs is never changed (it ends with 2).
#
#   bash scripts/set-up-canary.sh [--apply] repo=OWNER/NAME account_id=UUID workspace=https://HOST workspace_id=NUMBER \
#     warehouse_id=HEX
#
# Without --apply it only reads, and prints what it would do. Who runs it is an admin of the repository, of the account and
# of the workspace; who is not all of them runs the roles of setup/set-up.sh (branch=main environment=canary), and sets
# the variables by hand. issuer= and console= go on to it, for other GitHubs and clouds.
set -euo pipefail

set_up="$(dirname "$0")/../setup/set-up.sh"
apply=()
given=()
repo='' account_id='' workspace='' warehouse_id=''
for word in "$@"; do
  case "$word" in
    --apply) apply=(--apply) ;;
    repo=* | account_id=* | workspace=* | warehouse_id=*)
      printf -v "${word%%=*}" %s "${word#*=}"
      given+=("$word")
      ;;
    workspace_id=* | issuer=* | console=*) given+=("$word") ;;
    *) echo "set-up-canary: $word is none of the values above." >&2 && exit 1 ;;
  esac
done
for name in repo account_id workspace warehouse_id; do
  [ -n "${!name}" ] || { echo "set-up-canary: $name= is missing." >&2 && exit 1; }
done

# Runs a role of setup/set-up.sh and shows what it says, with a copy in $said. A "!" of it ends this script, too.
role() {
  said="$(sh "$set_up" "$1" ${apply[@]+"${apply[@]}"} "${@:2}")" || {
    code=$?
    printf '%s\n' "$said"
    exit "$code"
  }
  printf '%s\n' "$said"
}

role github branch=main environment=canary "${given[@]}"
subject="$(sed -n 's/^= subject //p' <<< "$said")"

role account branch=main environment=canary "subject=$subject" "${given[@]}"
client_id="$(grep -oE 'client_id=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' <<< "$said" | tail -n 1 || true)"
if [ -z "$client_id" ]; then
  echo 'The rest needs the principal, which --apply makes.'
  exit 0
fi

role workspace "$client_id" "${given[@]}"

# Variables of the repository: the canary looks for its host before it has an environment.
variables="repos/$repo/actions/variables"
differs=''
variable() {
  if has="$(gh api "$variables/$1" --jq .value 2> /dev/null)"; then
    if [ "$has" = "$2" ]; then
      echo "= $1"
    else
      differs=1
      printf '! %s is %s, not %s. To change it:\n    ' "$1" "$has" "$2"
      printf '%q ' gh api --method PATCH "$variables/$1" -f "value=$2" && echo
    fi
    return
  fi
  echo "+ $1=$2"
  [ ${#apply[@]} -eq 0 ] || gh api --method POST "$variables" --silent -f "name=$1" -f "value=$2"
}
variable CANARY_ACCOUNT_ID "$account_id"
variable CANARY_CLIENT_ID "${client_id#*=}"
variable CANARY_WAREHOUSE_ID "$warehouse_id"
# The last one, since it is what the canary goes by.
variable CANARY_HOST "$workspace"
[ -z "$differs" ] || exit 2

[ ${#apply[@]} -eq 0 ] || gh api --method POST "repos/$repo/actions/workflows/canary.yml/dispatches" --silent -f ref=main
echo 'The canary runs daily from now on, and opens an issue when something is not as the sandbox says.'
