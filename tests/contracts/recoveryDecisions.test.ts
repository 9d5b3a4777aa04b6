import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#shared/sync/state.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import type { Served } from './programHome.ts';
import { recoveryHome } from './recoveryHome.ts';

const { aLibrary, listens, place, serve, served, status } = recoveryHome();

/** Begins to send the decision to begin anew. @returns sends the rest of it, for the answer's status. */
async function lateDecision(url: string): Promise<() => Promise<number>> {
  const body = JSON.stringify({ confirm: 'begin-anew' });
  const sending = request(`${url}/api/v1/recovery/begin-anew`, {
    method: 'POST',
    headers: { 'content-length': body.length },
  });
  const answered = new Promise<number>((resolve, reject) =>
    sending.on('error', reject).on('response', (answer) => resolve(answer.resume().statusCode ?? 0)),
  );
  await new Promise((resolve) => sending.write(body.slice(0, 5), resolve));
  return () => {
    sending.end(body.slice(5));
    return answered;
  };
}

describe('two decisions about a lost library', () => {
  const decisions = {
    restore: (server: Served, backup: string) => server.ask('POST', '/recovery/restore', { name: backup }),
    'begin-anew': (server: Served) => server.ask('POST', '/recovery/begin-anew', { confirm: 'begin-anew' }),
    rebuild: (server: Served) =>
      server.ask('POST', '/recovery/rebuild', {
        libraryId: null,
        deviceId: 'a device',
        epoch: 'its life',
        highest: {},
      }),
  };

  test.each([
    ['restore', 'begin-anew'],
    ['begin-anew', 'restore'],
    ['restore', 'restore'],
    ['rebuild', 'begin-anew'],
  ] as const)('at the same moment, %s and %s: one is done, the other is refused in words', async (one, other) => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    const answers = await Promise.all([decisions[one](server, backup), decisions[other](server, backup)]);
    const won = answers.filter(({ status: code }) => code < 300);
    const lost = answers.filter(({ status: code }) => code >= 300);
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([
      {
        status: 409,
        json: { error: { kind: 'conflict', message: expect.stringMatching(/being (?:done|brought back)/) as unknown } },
      },
    ]);
    const winner = answers[0] === won[0] ? one : other;
    if (winner === 'rebuild') expect((await server.ask('POST', '/recovery/finish')).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(winner === 'restore' ? 25 : 0);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({
      cause: { restore: 'restore', 'begin-anew': 'new', rebuild: 'rebuild' }[winner],
    });
    expect(flawsOf(place())).toEqual([]);
  });

  test('one that was sent before and arrives when the library is back changes nothing', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    const late = await server.program.says('AIME is ready on ').then((said) => lateDecision(said.split(',')[0]!));
    expect((await decisions.restore(server, backup)).status).toBe(202);
    await served(server);
    expect(await late()).toBe(409);
    expect(await listens(server)).toBe(25);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ cause: 'restore' });
  });

  test('what a device gives is given up only by who knows of it', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    expect((await decisions.rebuild(server)).status).toBe(201);
    expect((await decisions.restore(server, backup)).status).toBe(409);
    expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'another device' })).status).toBe(
      409,
    );
    expect(await status(server)).toMatchObject({ state: 'rebuilding', working: null });
    expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'a device' })).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(25);
  });
});

test('of two backups chosen for the next start the first stands until it is cancelled, and is not removed meanwhile', async () => {
  const { backup } = await aLibrary();
  const server = await serve();
  const { json } = await server.ask('POST', '/backups');
  const other = (json as { name: string }).name;
  const choose = (name: string) => server.ask('POST', `/backups/${name}/restore`);
  const answers = await Promise.all([choose(backup), choose(other)]);
  expect(answers.map(({ status: code }) => code).sort()).toEqual([202, 409]);
  const { restoring } = await server.get<{ restoring: string }>('/backups');
  expect(await server.ask('DELETE', `/backups/${restoring}`)).toMatchObject({
    status: 409,
    json: { error: { kind: 'conflict' } },
  });
  expect((await choose(restoring)).status).toBe(202);
  expect((await server.ask('DELETE', `/backups/${restoring}/restore`)).status).toBe(204);
  expect((await choose(restoring === backup ? other : backup)).status).toBe(202);
  expect((await server.ask('DELETE', `/backups/${restoring}`)).status).toBe(204);
});
