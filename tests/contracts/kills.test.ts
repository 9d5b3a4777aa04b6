import { describe, test } from 'vitest';
import { stressConvergence } from '#tests/stress/convergence.ts';
import { stressFlood } from '#tests/stress/flood.ts';
import { stressBackfillKills, stressScrobbleKills } from '#tests/stress/scrobbleKills.ts';
import { stressEnrichmentKills, stressImportKills } from '#tests/stress/shelfKills.ts';

/** A small part of `npm run prove`, always with the same seed. */
const seed = 20_261;

describe('SIGKILL at random moments', () => {
  test('while plays arrive: none lost, none doubled', () => stressScrobbleKills({ seed, plays: 600, kills: 3 }));
  test('during a backfill: none lost, none doubled', () => stressBackfillKills({ seed, plays: 1_200, kills: 2 }));
  test('during an import: every copy once, no page read twice but the one under way', () =>
    stressImportKills({ seed, releases: 300, kills: 2 }));
  test('during enrichment: no gap, nothing asked for twice but what was under way', () =>
    stressEnrichmentKills({ seed, albums: 12, kills: 2 }));
});

test('two devices that edit, pull, push, lose answers and live through kills and restores hold the same in the end', () =>
  stressConvergence({ seed, steps: 100 }));
test('a flood of requests, broken and abandoned ones among them, is answered without a failure', () =>
  stressFlood({ seed, requests: 800 }));
