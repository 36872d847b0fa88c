#!/usr/bin/env bash
# The tour behind `make demo`: a collection in a temporary folder, the two bundled articles, four commands.
set -euo pipefail
claimdesk="$1"
here="$(cd "$(dirname "$0")/.." && pwd)"
CLAIMDESK_HOME="$(mktemp -d)"
export CLAIMDESK_HOME
trap 'rm -rf "$CLAIMDESK_HOME"' EXIT

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi

show() {
    printf '\n%s$ claimdesk' "$bold"
    for word in "$@"; do
        if [[ "$word" == *[!a-zA-Z0-9/._-]* ]]; then printf ' "%s"' "${word//\"/\\\"}"; else printf ' %s' "$word"; fi
    done
    printf '%s\n\n' "$plain"
    "$claimdesk" "$@"
}

cd "$here/eval/data"
show index articles
show ask "How does each article describe the people who would be allowed to stay and work?"
show verify "Both articles say López Obrador wants amnesty for 10 million illegal immigrants."
show compare "the 10 million people"
show quotes "The president, article 000 reports, would grant \"10 million illegal immigrants\" the right to stay."
