#!/usr/bin/env sh
# The development servers: pages with hot reload, the API behind them.
set -eu
cd "$(dirname "$0")/.."
exec npm run dev
