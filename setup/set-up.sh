#!/bin/sh
# Sets up what a job needs to log in to Databricks from GitHub Actions without a stored secret. Run the roles in this order,
# each by the person who may do it. Each ends with the line that the next person runs.
#
#   sh set-up.sh github    [--apply] NAME=VALUE...   an environment that one branch may use        admin of the repository
#   sh set-up.sh account   [--apply] NAME=VALUE...   service principal, federation policy, member  account admin
#   sh set-up.sh workspace [--apply] NAME=VALUE...   what the principal may use and read           workspace admin
#   sh set-up.sh variables [--apply] NAME=VALUE...   the variables that the workflow reads         admin of the repository
#
# Without --apply it only reads, and prints = before what is there, + before a command that it would run, and ! before what
# differs from what you asked for. It never changes what differs, even with --apply. The exit code is 0, or 2 after a "!", or
# 1 after an error. You may run it again at any time: it keeps what is there.
#
# github needs repo and branch; account needs repo, subject, account_id, workspace_id, and environment or branch; workspace
# needs client_id, workspace, workspace_id, and warehouse_id or catalog; variables needs repo, account_id, client_id and
# workspace. A role takes all names, and puts them into the line for the next person.
#
#   repo=OWNER/NAME              as GitHub writes it, capital letters included
#   environment=NAME             the job's `environment:`; without it any job on the branch may log in
#   branch=NAME                  the one branch that may log in
#   subject=TEXT                 the claim sub of the job's token; role github finds it, unless a template makes it
#   account_id=UUID              the id of the Databricks account
#   workspace=https://HOST       the URL of the workspace, without a path
#   workspace_id=NUMBER          the id of the same workspace
#   warehouse_id=HEX             16 digits; leave it out if the job runs no SQL
#   client_id=UUID               application id of the service principal; role account finds or makes it
#   catalog=NAME schema=NAME     what the job may read: the schema, with the use of its catalog
#   issuer=https://...           the issuer of GitHub's tokens, if it is not https://token.actions.githubusercontent.com
#   console=https://HOST         the account console, if it is not https://accounts.cloud.databricks.com
#
# It needs jq, and gh 2.23 (github, variables) or the Databricks CLI 1.0 (account, workspace). GH_HOST is for other GitHubs.

set -eu
export LC_ALL=C
umask 077
# No program that runs here may take its input from the terminal, where the reader may have pasted the next command.
exec < /dev/null

names='repo environment branch subject account_id workspace workspace_id warehouse_id client_id catalog schema issuer console'
repo='' environment='' branch='' subject='' account_id='' workspace='' workspace_id='' warehouse_id='' client_id=''
catalog='' schema='' issuer='' console=''
apply='' planned='' changed='' differs='' warned='' hint='' doubt='' profile='' tmp=''

say() { printf '%s\n' "$*"; }
die() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

differ() { differs=1; say "! $*"; }

# One word as a shell reads it back.
quote() {
  case $1 in
    '' | *[!A-Za-z0-9_./:=@,+-]*) printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf %s "$1" ;;
  esac
}

command_line() {
  separator=''
  for word in "$@"; do
    printf %s "$separator"
    quote "$word"
    separator=' '
  done
  printf '\n'
}

# Prints a command that changes something, and runs it with --apply. What it answers is in $tmp/answer.
change() {
  planned=1
  printf '+ '
  command_line "$@"
  [ -n "$apply" ] || return 0
  "$@" > "$tmp/answer" || die "the last command failed, and nothing after it was run.$hint Run this again when the cause is gone: what is there is kept."
  changed=1
}

# --- The values that were given ---

# Sets form, an extended regular expression, and looks, the same in words.
form_of() {
  uuid='[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
  case $1 in
    repo) form='[A-Za-z0-9_-]+/[A-Za-z0-9._-]+' looks='OWNER/NAME' ;;
    environment) form='[A-Za-z0-9_][A-Za-z0-9 ._/@+-]*' looks='the name of an environment, of letters, digits, spaces and . _ / @ + -' ;;
    branch) form='[A-Za-z0-9_][A-Za-z0-9._/@#+=-]*' looks='the name of a branch, without refs/heads/ and without wildcards' ;;
    subject) form='[A-Za-z0-9][A-Za-z0-9 ._/@:%+#=-]*' looks='the claim sub of a token, such as repo:OWNER/NAME:environment:prod' ;;
    account_id | client_id) form=$uuid looks='a UUID in small letters' ;;
    workspace | console)
      form='https://[a-z0-9-]+(\.[a-z0-9-]+)+' looks='https://HOST, with nothing after the host'
      [ "$1" = console ] || looks="$looks, such as https://dbc-a1b2c3d4-e5f6.cloud.databricks.com" ;;
    issuer) form='https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~-]+)*' looks='https://HOST or https://HOST/PATH' ;;
    workspace_id) form='[0-9]+' looks='a number' ;;
    warehouse_id) form='[0-9a-f]{16}' looks='16 hexadecimal digits' ;;
    catalog | schema) form='[A-Za-z0-9_-]+' looks='a name of letters, digits, _ and -' ;;
  esac
}

value_of() { eval "value=\$$1"; }

take() {
  name=${1%%=*} given=${1#*=}
  # A name is one word: "repo environment" is in the list of names, but is no name.
  case "$name" in *[!a-z_]*) known='' ;; *) known=" $names " ;; esac
  case $known in *" $name "*) ;; *) die "there is no value named $name. There are: $names" ;; esac
  value_of "$name"
  [ -z "$value" ] || die "$name= is given twice."
  form_of "$name"
  # grep looks at lines: a value of several must not pass by one of them.
  case $given in *[![:print:]]*) die "$name= holds a character that does not belong there. It has to be $looks." ;; esac
  printf '%s\n' "$given" | grep -Eqx -- "$form" || die "$name=$given does not fit: it has to be $looks."
  eval "$name=\$given"
}

need() {
  for name in "$@"; do
    value_of "$name"
    form_of "$name"
    [ -n "$value" ] || die "$name= is missing: $looks."
  done
}

# Sets component: the part of a subject that names the environment or the branch.
find_component() {
  if [ -n "$environment" ]; then component="environment:$environment"; else component="ref:refs/heads/$branch"; fi
}

# A policy for a subject without its repository would admit others; without its environment or branch, other jobs.
check_subject() {
  with_ids="repo:${repo%/*}@[0-9]+/$(printf %s "${repo#*/}" | sed 's/[.]/[.]/g')@[0-9]+"
  case ":$subject:" in
    *":repo:$repo:"* | *":repository:$repo:"*) ;;
    *) printf '%s\n' ":$subject:" | grep -Eq ":($with_ids|repository_id:[0-9]+):" ||
      die "subject=$subject does not name the repository $repo: a policy for it would admit others." ;;
  esac
  find_component
  case ":$subject:" in
    *":$component:"*) ;;
    *) die "subject=$subject does not hold $component as a whole: a policy for it would admit other jobs." ;;
  esac
}

# --- Programs ---

# Version 0.0 is what a build from source calls itself.
need_program() {
  program=$1 major=$2 minor=$3
  command -v "$program" > /dev/null || die "$program is not installed. $4"
  found=$("$program" --version 2> /dev/null | sed -n 's/^[^0-9]*\([0-9][0-9]*\)\.\([0-9][0-9]*\).*/\1 \2/p' | head -n 1)
  case $found in
    '0 0') return ;;
    '') has=0 found='of no version that it tells' ;;
    *) has=$((${found% *} * 1000 + ${found#* })) found="${found% *}.${found#* }" ;;
  esac
  [ "$has" -ge $((major * 1000 + minor)) ] || die "$program $major.$minor or newer is needed; this one is $found. $4"
}

need_jq() { command -v jq > /dev/null || die 'jq is not installed: https://jqlang.org/download'; }

need_gh() {
  need_jq
  need_program gh 2 23 'https://cli.github.com'
}

need_databricks() {
  need_jq
  need_program databricks 1 0 'https://docs.databricks.com/dev-tools/cli/install'
}

clean_up() {
  [ -z "$profile" ] || databricks auth logout --profile "$profile" --auto-approve > /dev/null 2>&1 || :
  [ -z "$tmp" ] || rm -rf "$tmp"
}

# --- GitHub ---

# Asks GitHub, with the answer in $tmp/github. Returns 3 if nothing is there; any other failure ends the script.
ask_github() {
  gh api "$@" > "$tmp/github" 2> "$tmp/error" && return 0
  grep -q 'HTTP 404' "$tmp/error" && return 3
  die "GitHub does not answer for $1: $(cat "$tmp/error")"
}

settings() { printf 'https://%s/%s/settings/environments' "${GH_HOST:-github.com}" "$repo"; }

# The name of an environment may hold a slash, so it is encoded to be one part of the path.
find_place() {
  place="repos/$repo/actions"
  [ -z "$environment" ] || place="repos/$repo/environments/$(jq -rn --arg name "$environment" '$name | @uri')"
}

find_repository() {
  ask_github "repos/$repo" || die "GitHub shows you no repository $repo."
  jq -r '"\(.full_name) \(.permissions.admin) \(.id) \(.private)"' "$tmp/github" > "$tmp/repository"
  read -r found admin id private < "$tmp/repository"
  [ "$found" = "$repo" ] || die "GitHub calls it $found, and so do its tokens: give repo=$found."
  [ "$admin" = true ] || die "you are no admin of $repo."
  case ":$subject:" in
    *":repository_id:$id:"*) ;;
    *:repository_id:*) die "subject=$subject is of another repository: $repo has the id $id." ;;
  esac
  [ "$private" != true ] ||
    hint=' (A private repository on the Free plan has no environments: leave environment= out, docs/setup.md#without-an-environment.)'
}

make_environment() {
  change gh api --method PUT "$place" -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'
  add_branch
}

add_branch() { change gh api --method POST "$place/deployment-branch-policies" -f name="$branch" -f type=branch; }

# Which branches may use an environment that has a list of them.
check_branches() {
  ask_github --paginate "$place/deployment-branch-policies?per_page=100" || die "$environment has no list of branches."
  jq -rs --arg branch "$branch" '[.[].branch_policies[] | if .type == "tag" then "tag " + .name else .name end]
    | index($branch) != null, (map(select(. != $branch)) | join(", "))' "$tmp/github" > "$tmp/branches"
  { read -r has; read -r others; } < "$tmp/branches"
  if [ "$has" = true ]; then say "= environment $environment: $branch"
  else add_branch; fi
  [ -z "$others" ] || differ "environment $environment admits others, too: $others. Its settings: $(settings)"
}

# An environment that is open to protected branches is open to every branch while none is protected.
check_protected() {
  ask_github --paginate "repos/$repo/branches?protected=true&per_page=100" || die "$repo shows no branches."
  protected=$(jq -rs 'add | map(.name) | join(", ")' "$tmp/github")
  if [ "$protected" = "$branch" ]; then say "= environment $environment: protected branches, which is $branch alone"
  else differ "environment $environment admits the protected branches: ${protected:-there is none, and so it admits every branch}. Its settings: $(settings)"; fi
}

check_environment() {
  jq -r '.name, (.deployment_branch_policy | tojson)' "$tmp/github" > "$tmp/environment"
  { read -r found; read -r has; } < "$tmp/environment"
  [ "$found" = "$environment" ] || die "GitHub calls the environment $found: give environment=$found, and write it so in the workflow."
  case $has in
    null) differ "environment $environment is open to every branch. Close it to all but $branch: $(settings)$hint" ;;
    *'"protected_branches":true'*) check_protected ;;
    *) check_branches ;;
  esac
}

find_subject() {
  ask_github "repos/$repo/actions/oidc/customization/sub" ||
    die 'GitHub does not say how its subjects begin. Run the workflow with dry_run: true, and give the subject= that it shows.'
  found=$(jq -r --arg default "repo:$repo" 'if .use_default == true then .sub_claim_prefix // $default else "" end' "$tmp/github")
  [ -n "$found" ] ||
    die "a template makes the subjects of $repo. Run the workflow with dry_run: true, and give the subject= that it shows."
  find_component
  subject="$found:$component"
}

role_github() {
  need repo branch
  [ -n "$issuer" ] || case ${GH_HOST:-github.com} in
    github.com) ;;
    *.ghe.com) die "issuer= is missing: for $GH_HOST it is https://token.actions.$GH_HOST, unless your enterprise has its own." ;;
    *) die "issuer= is missing: for $GH_HOST it is https://$GH_HOST/_services/token, unless your enterprise has its own." ;;
  esac
  [ -z "$subject" ] || check_subject
  need_gh
  find_repository
  find_place
  if [ -z "$environment" ]; then say "= no environment: every job on $branch may log in"
  elif ask_github "$place"; then check_environment
  else make_environment; fi
  [ -n "$subject" ] || find_subject
  check_subject
  say "= subject $subject"
  hand_on 'an account admin of Databricks' account repo subject account_id workspace_id
}

# --- Databricks ---

# A login of its own. OAuth tokens are kept in the home directory or the keychain, by the name of the profile and by host,
# whatever file the profile is in: so the login has a home, a file and a profile that nobody else uses, and leaves nothing.
# Variables that begin with DATABRICKS_ could lead it to another host, whatever profile is named.
log_in() {
  for variable in $(env | sed -n 's/^\(DATABRICKS_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$variable"; done
  mkdir "$tmp/home"
  opener=${BROWSER:-$(command -v xdg-open || command -v open || echo none)}
  if [ "$opener" != none ]; then
    # shellcheck disable=SC2016 # $1 is the link that the new file is called with.
    printf '#!/bin/sh\nHOME=%s exec %s "$1"\n' "$(quote "$HOME")" "$(quote "$opener")" > "$tmp/browser"
    chmod 700 "$tmp/browser"
    opener="$tmp/browser"
  fi
  export HOME="$tmp/home" BROWSER="$opener" DATABRICKS_CONFIG_FILE="$tmp/databrickscfg" DATABRICKS_AUTH_STORAGE=plaintext
  profile="github-set-up-${tmp##*[./]}"
  say "Log in to $2, in the browser." >&2
  databricks auth login "$@" --profile "$profile" >&2 || die "the login failed, and nothing was changed."
  grep -qF "[$profile]" "$DATABRICKS_CONFIG_FILE" 2> /dev/null ||
    die 'this databricks keeps its logins elsewhere than in DATABRICKS_CONFIG_FILE: a newer one is needed. Nothing was changed.'
}

# Asks Databricks, with the answer in the file that is named first.
ask_databricks() {
  file="$tmp/$1"
  shift
  databricks "$@" --profile "$profile" --output json > "$file" && return 0
  [ -n "$changed" ] && so_far='What is marked + was run before.' || so_far='Nothing was changed.'
  die "this could not be read: $(command_line databricks "$@"): $doubt $so_far"
}

change_databricks() { change databricks "$@" --profile "$profile" --output json; }

# Sets principal, the numeric id that commands take, client_id, and has, its name.
read_principal() {
  jq -r '"\(.id) \(.applicationId) \(.displayName)"' "$1" > "$tmp/principal"
  read -r principal client_id has < "$tmp/principal"
  case $principal in '' | *[!0-9]*) die "Databricks answers with no id of a service principal: $(cat "$1")" ;; esac
}

find_principal() {
  display="github $repo ${environment:-refs/heads/$branch}"
  if [ -n "$client_id" ]; then attribute=applicationId wanted=$client_id; else attribute=displayName wanted=$display; fi
  ask_databricks principals account service-principals list --filter "$attribute eq \"$wanted\""
  jq -c --arg name "$attribute" --arg wanted "$wanted" '.[] | select(.[$name] == $wanted)' "$tmp/principals" > "$tmp/named"
  case $(grep -c '' "$tmp/named") in
    0) make_principal ;;
    1)
      read_principal "$tmp/named"
      say "= service principal $has: client_id=$client_id" ;;
    *)
      jq -r '"  client_id=" + .applicationId' "$tmp/named"
      die "several service principals are named $display. Give the client_id= of the right one." ;;
  esac
}

make_principal() {
  [ -z "$client_id" ] || die "the account has no service principal with client_id=$client_id."
  change_databricks account service-principals create --display-name "$display"
  if [ -n "$apply" ]; then read_principal "$tmp/answer"; else principal=SERVICE_PRINCIPAL_ID; fi
}

# A principal is taken only if nobody else logs in as it: it has no policy, or only the wanted one. A policy that names keys
# of its own is not the wanted one, since it does not take them from the issuer.
make_policy() {
  wanted=$(jq -nc --arg issuer "${issuer:-https://token.actions.githubusercontent.com}" --arg audience "$account_id" --arg subject "$subject" '{issuer: $issuer, audiences: [$audience], subject: $subject}')
  echo '[]' > "$tmp/policies"
  [ "$principal" = SERVICE_PRINCIPAL_ID ] || ask_databricks policies account service-principal-federation-policy list "$principal"
  same=$(jq --argjson wanted "$wanted" 'map(.oidc_policy | .issuer == $wanted.issuer and .subject == $wanted.subject
    and (.subject_claim // "sub") == "sub" and ((.audiences // $wanted.audiences) | index($wanted.audiences[0])) != null
    and (.jwks_uri // "") == "" and (.jwks_json // "") == "")
    | if length == 0 then "none" elif all then "wanted" else "others" end' "$tmp/policies")
  case $same in
    *none*)
      # 2 to 63 small letters, digits and hyphens: the id that a dry run shows, too.
      id=$(printf %s "github-${repo#*/}-${environment:-${branch##*/}}" | tr '[:upper:]' '[:lower:]' | sed 's/[^a-z0-9]\{1,\}/-/g' | cut -c1-63 | sed 's/-$//')
      change_databricks account service-principal-federation-policy create "$principal" --policy-id "$id" --json "{\"oidc_policy\": $wanted}" ;;
    *wanted*) say "= federation policy for $subject" ;;
    *) refuse_principal ;;
  esac
}

refuse_principal() {
  differ "client_id=$client_id has other federation policies than the wanted one alone. It has:"
  jq -c '.[] | {policy_id} + .oidc_policy' "$tmp/policies" | sed 's/^/    /'
  say "  Wanted: $wanted"
  say '  Whoever logs in by any policy of a principal has all of its rights. Rename that principal, or see docs/setup.md#a-principal-that-exists.'
  say 'Nothing after this was looked at.'
  exit 2
}

# A PUT replaces the assignment, so that an admin would become a user. So an assignment that is there is left alone.
make_member() {
  echo '[]' > "$tmp/members"
  [ "$principal" = SERVICE_PRINCIPAL_ID ] || ask_databricks members account workspace-assignment list "$workspace_id"
  has=$(jq -r --arg id "$principal" '[.[]? | select((.principal.principal_id | tostring) == $id) | .permissions[]?] | sort | join(" ")' "$tmp/members")
  case $has in
    '') change_databricks account workspace-assignment update "$workspace_id" "$principal" --json '{"permissions": ["USER"]}' ;;
    USER) say "= member of workspace $workspace_id" ;;
    *) differ "in workspace $workspace_id the service principal is $has, not USER: so is every job that logs in." ;;
  esac
}

role_account() {
  need repo subject account_id workspace_id
  [ -n "$environment$branch" ] || die 'environment= is missing; or, for jobs without one, branch=.'
  check_subject
  case ":$subject:" in *:repository_id:*) say "Only its id tells the repository of $subject: 'gh api repositories/ID' has its name." ;; esac
  need_databricks
  doubt='are you an account admin?'
  log_in --host "${console:-https://accounts.cloud.databricks.com}" --account-id "$account_id"
  find_principal
  make_policy
  make_member
  hand_on 'an admin of the workspace' workspace client_id workspace workspace_id warehouse_id
}

# The role account uses the id of the workspace, and this role its host, so both have to belong to one workspace. A host of
# several workspaces tells no id, or not the wanted one.
check_workspace() {
  databricks api get /.well-known/databricks-config --profile "$profile" > "$tmp/host" 2> /dev/null || return 0
  found=$(jq -r 'if (.host_type // "" | ascii_downcase) == "unified" then "" else .workspace_id // "" end' "$tmp/host" 2> /dev/null) || return 0
  case $found in
    '' | "$workspace_id") ;;
    *) die "workspace_id=$workspace_id is not the id of $workspace, which is $found. If role account ran with the wrong one, the principal is a member there: take it out. Nothing was changed." ;;
  esac
}

may_use_warehouse() {
  ask_databricks permissions warehouses get-permissions "$warehouse_id"
  has=$(jq -r --arg id "$client_id" '[.access_control_list[]? | select(.service_principal_name == $id) | .all_permissions[]?.permission_level] | join(" ")' "$tmp/permissions")
  case " $has " in
    *' CAN_USE '* | *' CAN_MONITOR '* | *' CAN_MANAGE '* | *' IS_OWNER '*) say "= warehouse $warehouse_id: $has" ;;
    *) change_databricks warehouses update-permissions "$warehouse_id" --json "{\"access_control_list\": [{\"service_principal_name\": \"$client_id\", \"permission_level\": \"CAN_USE\"}]}" ;;
  esac
}

# Grants those privileges after the first two words that are missing. A grant only adds, and takes nothing from others.
may_read() {
  kind=$1 object=$2
  shift 2
  ask_databricks grants grants get "$kind" "$object" --principal "$client_id"
  missing=$(jq -c --arg id "$client_id" '[.privilege_assignments[]? | select(.principal == $id) | .privileges[]?] as $has
    | if $has | index("ALL_PRIVILEGES") then [] else $ARGS.positional - $has end' "$tmp/grants" --args "$@")
  if [ "$missing" = '[]' ]; then say "= $kind $object: $*"
  else change_databricks grants update "$kind" "$object" --json "{\"changes\": [{\"principal\": \"$client_id\", \"add\": $missing}]}"; fi
}

role_workspace() {
  need client_id workspace workspace_id
  [ -z "$schema" ] || need catalog
  [ -n "$warehouse_id$catalog" ] || die 'there is nothing to allow: give warehouse_id=, or catalog= and schema=.'
  need_databricks
  doubt='do you manage it, and is it in this workspace?'
  hint=" Is client_id=$client_id a member of this workspace? Role account makes it one."
  # On a host of several workspaces the login would ask which.
  log_in --host "$workspace?w=$workspace_id"
  check_workspace
  [ -z "$warehouse_id" ] || may_use_warehouse
  [ -z "$catalog" ] || may_read catalog "$catalog" USE_CATALOG
  [ -z "$schema" ] || may_read schema "$catalog.$schema" USE_SCHEMA SELECT
  hand_on 'an admin of the repository' variables repo account_id client_id workspace
}

# --- Variables ---

set_variable() {
  if ! ask_github "$place/variables/$1"; then
    change gh api --method POST "$place/variables" -f name="$1" -f value="$2"
    return
  fi
  has=$(jq -r .value "$tmp/github")
  if [ "$has" = "$2" ]; then say "= $1"
  else
    differ "$1 is $has, not $2."
    [ -n "$environment$warned" ] || say "  Without an environment the variables are the repository's, and serve one stage. If this is a second one, do not run the command below, which breaks the first: write the values of the second one into its workflow."
    warned=1
    say '  To change it:'
    printf '    '
    command_line gh api --method PATCH "$place/variables/$1" -f value="$2"
  fi
}

role_variables() {
  need repo account_id client_id workspace
  need_gh
  find_place
  [ -z "$environment" ] || ask_github "$place" || die "$repo has no environment $environment, or does not show it to you. The role github makes it."
  set_variable DATABRICKS_HOST "$workspace"
  set_variable DATABRICKS_ACCOUNT_ID "$account_id"
  set_variable DATABRICKS_CLIENT_ID "$client_id"
  [ -z "$warehouse_id" ] || set_variable DATABRICKS_WAREHOUSE_ID "$warehouse_id"
  hand_on 'whoever runs the workflow' '' repo
}

# --- The end ---

# Prints the line of the next role, with all values that are known. Its reader fills in the words in capitals.
hand_on() {
  who=$1 next=$2
  shift 2
  [ -n "$planned" ] && [ -z "$apply" ] && waits=1 || waits=''
  [ -z "$waits" ] || say 'Nothing was changed. To run the commands above, run this again with --apply.'
  if [ -z "$next" ]; then
    if [ -n "$differs" ]; then say 'The script does not change what is marked !. Run the workflow only if you want it so.'
    elif [ -z "$waits" ]; then say 'This was the last role: run the workflow.'; fi
    return
  fi
  [ -z "$differs" ] || say 'The script does not change what is marked !. Send the next line only if you want it so.'
  if [ -n "$waits" ]; then say "After --apply, for $who:"; else say "For $who:"; fi
  required=" $* "
  set -- sh set-up.sh "$next"
  for name in $names; do
    value_of "$name"
    case $required in *" $name "*) : "${value:=$(printf %s "$name" | tr '[:lower:]' '[:upper:]')}" ;; esac
    [ -z "$value" ] || set -- "$@" "$name=$value"
  done
  command_line "$@"
}

usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }

case ${1:-} in
  github | account | workspace | variables) role=$1; shift ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 1 ;;
esac
for word in "$@"; do
  case $word in
    --apply) apply=1 ;;
    *=*) take "$word" ;;
    *) die "$word is neither --apply nor NAME=VALUE." ;;
  esac
done
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
tmp=$(mktemp -d)
"role_$role"
[ -z "$differs" ] || exit 2
