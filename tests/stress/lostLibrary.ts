import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { collectionNames, type CollectionName } from '#shared/sync/collections.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { canonical, type ModelDevice } from './modelDevice.ts';
import type { Tally } from './tally.ts';
import { holdingsOf } from './wipeDevice.ts';

/** Everything that a device holds of the library itself; which services are connected is sent anew by each server. */
const RESTORABLE: readonly CollectionName[] = collectionNames.filter(
  (name) => name !== 'intents' && name !== 'household',
);

/** The server again, with a copy of this library. */
export async function begunWith(server: RunningServer, library: string): Promise<RunningServer> {
  await server.stop();
  loseFolder(server);
  mkdirSync(server.dataDir, { recursive: true });
  copyFileSync(library, join(server.dataDir, 'musique.db'));
  return server.restart();
}

/** The database is gone; what lies beside it shows that there was one. */
export function loseFile(server: RunningServer): void {
  for (const name of readdirSync(server.dataDir)) if (name.startsWith('musique.db')) rmSync(join(server.dataDir, name));
}

/** Nothing shows any more that there was a library. */
export function loseFolder(server: RunningServer): void {
  rmSync(server.dataDir, { recursive: true, force: true, maxRetries: 10 });
}

/** Pulls everything that there is. */
export async function pullAll(device: ModelDevice): Promise<void> {
  for (const collection of collectionNames)
    while (!(await device.pull(collection, collection === 'journal' ? 100 : 500)));
}

/** What a fresh device has of all that another held. */
export function compared(held: ModelDevice, fresh: ModelDevice): Pick<Tally, 'tried' | 'lost' | 'altered' | 'doubled'> {
  const tally = { tried: 0, lost: 0, altered: 0, doubled: 0 };
  const [mine, theirs] = [holdingsOf(held), holdingsOf(fresh)];
  for (const name of RESTORABLE) {
    const there = new Map(theirs.get(name)!.map((document) => [document.id, document]));
    for (const document of mine.get(name)!) {
      const back = there.get(document.id);
      there.delete(document.id);
      tally.tried += 1;
      if (back === undefined) tally.lost += 1;
      else if (JSON.stringify(canonical(back)) !== JSON.stringify(canonical(document))) tally.altered += 1;
    }
    tally.doubled += there.size;
  }
  assert.ok(tally.tried > 0, 'the device held nothing');
  return tally;
}
