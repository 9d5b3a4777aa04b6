import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asked, programHome } from './programHome.ts';

const home = programHome();

/** A library whose server was killed: what it wrote last is in the log beside the file. */
async function killed(): Promise<void> {
  const first = await home.serve();
  expect(await first.ask('POST', '/playlists', { name: 'Rainy mornings', trackIds: [] })).toMatchObject({
    status: 201,
  });
  await first.kill();
}

/** The same folder under another disk's numbers, as it comes back from elsewhere. */
function broughtFromElsewhere({ lock }: { lock: boolean }): void {
  const before = `${home.dataDir}-before`;
  renameSync(home.dataDir, before);
  cpSync(before, home.dataDir, { recursive: true, preserveTimestamps: true });
  if (!lock) rmSync(join(home.dataDir, 'server.lock'));
}

describe('a disk that is full when AIME starts', () => {
  test.each([
    ['after it was killed', () => undefined],
    ['on a folder that came from elsewhere, whose log has to be tried', () => broughtFromElsewhere({ lock: true })],
    ['where the lock is not there yet', () => broughtFromElsewhere({ lock: false })],
  ])('is reported, answers 503 and ends nothing, %s; with room again all is there', async (_how, change) => {
    await killed();
    change();
    const program = await home.run('server/main', [], {}, { withoutRoom: true });
    const said = await program.says('AIME waits on ');
    expect(said).toContain(join(home.dataDir, 'musique.db'));
    const server = asked(program, said.split(' ')[0]!);
    for (const [method, path] of [
      ['GET', '/playlists'],
      ['POST', '/sync/intents/push'],
    ] as const) {
      expect(await server.ask(method, path)).toMatchObject({ status: 503, json: { error: { kind: 'unavailable' } } });
    }
    expect(program.output()).not.toContain('    at ');
    await server.stop();
    expect(await program.ended).toEqual({ code: 0, signal: null });
    const again = await home.serve();
    expect(await again.get('/playlists')).toMatchObject({ items: [{ name: 'Rainy mornings' }] });
    expect(readdirSync(home.dataDir).filter((name) => name.includes('look-'))).toEqual([]);
  });
});
