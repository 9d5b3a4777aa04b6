#!/usr/bin/env sh
# Installs and builds everything without starting it.
set -eu
cd "$(dirname "$0")/.."
node -e "import('./scripts/ready.mjs').then((ready) => { ready.ensureNode(); ready.ensureInstalled(); ready.ensureBuilt(); })"
