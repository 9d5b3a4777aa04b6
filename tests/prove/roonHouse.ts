import assert from 'node:assert/strict';
import type { ProofOptions } from './proof.ts';
import { roonDay } from './roonDay.ts';

/**
 * A day at a hundred times its speed: every play in three zones, told by Roon and by Last.fm, through delays, reorderings and outages
 * of both, is one listen with two witnesses.
 *
 * @throws when a single one is not.
 */
export async function proveRoonDay({ seed, say, plays }: Required<ProofOptions> & { plays: number }): Promise<void> {
  const told = await roonDay({ plays, speed: 100, seconds: [120, 300], sittings: 3, seed });
  say(JSON.stringify(told));
  const { listens, scrobbles, rightlyJoined, roonOutages, lastfmOutages, protocolFaults } = told;
  assert.deepEqual(
    { listens, scrobbles, rightlyJoined, roonOutages, lastfmOutages, protocolFaults },
    { listens: plays, scrobbles: 2 * plays, rightlyJoined: plays, roonOutages: 3, lastfmOutages: 3, protocolFaults: [] },
  );
}
