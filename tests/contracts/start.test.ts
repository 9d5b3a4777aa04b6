import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { another } from '#tests/kit/anotherProgram.ts';
import { asked, programHome } from './programHome.ts';

const now = Math.floor(Date.now() / 1000);

const home = programHome();
const { inLibrary, run } = home;
const place = (name = 'musique.db') => join(home.dataDir, name);

/** A library of 20 listens at rest. */
const aLibrary = () =>
  inLibrary((library) => {
    library.scrobbles.record(
      Array.from({ length: 20 }, (_, index) => ({ source: 'lastfm' as const, sourceKey: `${index}`, playedAt: now - 9_000 + index * 400, artist: 'Kombinat 7', title: `Title ${index}`, album: 'Halt', raw: null })),
    );
  });

describe('a library that another program holds when AIME starts', () => {
  /** Starts AIME while somebody has an unsaved edit. */
  async function waitingServer(...how: string[]) {
    await aLibrary();
    const letGo = await another(place(), ...how, 'BEGIN IMMEDIATE', 'UPDATE settings SET value = value');
    onTestFinished(letGo);
    const program = await run('server/main');
    const said = await program.says('AIME waits on ');
    return { letGo, said, server: asked(program, said.split(' ')[0]!) };
  }

  test.each([[[]], [['PRAGMA locking_mode = EXCLUSIVE']]])('is waited for with words, and served as soon as it is let go of: %j', async (how) => {
    const { letGo, said, server } = await waitingServer(...how);
    expect(said).toContain(`is writing to ${place()} and has not finished: save or close it there`);
    expect(await server.get('/health')).toMatchObject({ status: 'degraded', checks: { library: 'failing' } });
    for (const [method, path] of [['GET', '/counts'], ['GET', '/sync/albums/pull'], ['POST', '/sync/intents/push'], ['GET', '/recovery']] as const) {
      expect(await server.ask(method, path)).toMatchObject({ status: 503, json: { error: { kind: 'unavailable', code: 'database-busy' } } });
    }
    expect((await fetch(`${said.split(' ')[0]}/api/v1/counts`)).headers.get('retry-after')).toBe('2');
    letGo();
    await server.program.says('AIME is ready on ');
    expect(await server.get('/counts')).toMatchObject({ listens: 20 });
    expect(await server.ask('PUT', '/household', { firstRunDone: true })).toMatchObject({ status: 200 });
    await server.stop();
    expect(await server.program.ended).toEqual({ code: 0, signal: null });
  });

  test('is waited for no longer when AIME is stopped', async () => {
    const { server } = await waitingServer();
    await server.stop();
    expect(await server.program.ended).toEqual({ code: 0, signal: null });
  });
});
