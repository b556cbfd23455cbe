#!/usr/bin/env bash
# Makes the settings of a repository that its workflows and docs/security.md rely on. Run it as an admin, as often as you
# like: what is there is brought to what is written here, and nothing else is touched.
#
#   bash scripts/set-up-repository.sh my-org/databricks-token-action
set -euo pipefail

case "${1:-}" in
  */*) repo=$1 ;;
  *) echo 'Takes OWNER/NAME.' >&2 && exit 2 ;;
esac

put() { gh api --method PUT "repos/$repo/$1" --silent --input -; }

echo 'Workflows: tokens that read, actions that are named by commit'
put actions/permissions/workflow <<< '{"default_workflow_permissions": "read", "can_approve_pull_request_reviews": false}'
put actions/permissions <<< '{"enabled": true, "allowed_actions": "all", "sha_pinning_required": true}'

echo 'Reports of vulnerabilities in private, releases that cannot be changed'
put private-vulnerability-reporting <<< '{}'
put immutable-releases <<< '{}'

# A ruleset is known by its name: POST would make a second one.
ruleset() {
  local name=$1 body id
  body="$(cat)"
  id="$(gh api "repos/$repo/rulesets" --jq ".[] | select(.name == \"$name\") | .id")"
  if [ -n "$id" ]; then
    put "rulesets/$id" <<< "$body"
  else
    gh api --method POST "repos/$repo/rulesets" --silent --input - <<< "$body"
  fi
}

echo 'Branches: a review by a code owner, and the one check that CI gives'
# 15368 is GitHub Actions: another app could report a check of the same name.
ruleset 'main and releases' <<'JSON'
{
  "name": "main and releases",
  "target": "branch",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH", "refs/heads/releases/v*"], "exclude": []}},
  "rules": [
    {"type": "deletion"},
    {"type": "non_fast_forward"},
    {
      "type": "pull_request",
      "parameters": {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": true,
        "require_code_owner_review": true,
        "require_last_push_approval": true,
        "required_review_thread_resolution": true
      }
    },
    {
      "type": "required_status_checks",
      "parameters": {
        "strict_required_status_checks_policy": true,
        "required_status_checks": [{"context": "CI passed", "integration_id": 15368}]
      }
    }
  ]
}
JSON

echo 'Tags: admins alone make, move and delete what begins with v'
# 5 is the role of an admin. A workflow has no role, so that none can move v1: a person does (CONTRIBUTING.md, "A release").
ruleset 'version tags' <<'JSON'
{
  "name": "version tags",
  "target": "tag",
  "enforcement": "active",
  "conditions": {"ref_name": {"include": ["refs/tags/v*"], "exclude": []}},
  "rules": [{"type": "creation"}, {"type": "update"}, {"type": "deletion"}],
  "bypass_actors": [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]
}
JSON

echo 'Environment release: for tags of versions, after a review'
# A PUT sets all rules of an environment anew, so that one with reviewers of its own keeps them.
# gh prints the answer of a refusal, too, so that its exit code says whether there is an environment.
reviewers='[]'
if found="$(gh api "repos/$repo/environments/release" \
  --jq '[.protection_rules[]? | select(.type == "required_reviewers") | .reviewers[] | {type, id: .reviewer.id}]' 2> /dev/null)"; then
  reviewers=$found
fi
[ "$reviewers" != '[]' ] || reviewers="[{\"type\": \"User\", \"id\": $(gh api user --jq .id)}]"
put environments/release <<JSON
{
  "reviewers": $reviewers,
  "deployment_branch_policy": {"protected_branches": false, "custom_branch_policies": true}
}
JSON
policies="repos/$repo/environments/release/deployment-branch-policies"
if [ -z "$(gh api "$policies" --jq '.branch_policies[] | select(.name == "v*" and .type == "tag") | .id')" ]; then
  gh api --method POST "$policies" --silent -f 'name=v*' -f type=tag
fi

if errors="$(gh api "repos/$repo/codeowners/errors" --jq '.errors[] | "\(.path):\(.line): \(.kind)"' 2> /dev/null)"; then
  [ -z "$errors" ] || printf 'Correct the owners of code, who have to review: %s\n' "$errors"
fi
echo 'Left for a browser: the Marketplace (CONTRIBUTING.md, "The Marketplace").'
