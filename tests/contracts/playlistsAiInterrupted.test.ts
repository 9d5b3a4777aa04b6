import { describe, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import {
  choose,
  createPlaylist,
  openWithEuria,
  outcome,
  type Playlist,
  progressOf,
  UNTIL,
} from './playlistsAiFixture.ts';
import { furnish } from './testApp.ts';

/** A list of which EurIA was asked, and has not answered. */
async function whileAsked() {
  const { app, euria, environment } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
  furnish(app.library, UNTIL);
  euria.fault({ kind: 'hang' });
  const { id } = await createPlaylist(app, { prompt: 'quiet', length: 3 });
  await until(
    'the question',
    () => euria.requests.length,
    (asked) => asked > 0,
  );
  return { app, environment, id };
}

describe('meanwhile', () => {
  test('a restart goes on with what it cut off', async () => {
    const { app, environment, id } = await whileAsked();
    const again = await app.restart(environment);
    expect(await outcome(again, id)).toMatchObject({ status: 200, json: { state: 'ready', trackCount: 3 } });
  });

  test('a person may stop it: a new list goes, one that had tracks keeps them', async () => {
    const { app, euria } = await openWithEuria({ write: (asked) => ({ tracks: choose(asked, 3) }) });
    furnish(app.library, UNTIL);
    const { id } = await createPlaylist(app, { prompt: 'quiet', length: 3 });
    const { tracks } = (await outcome(app, id)).json as Playlist;
    expect(await app.ask('POST', `/playlists/${id}/cancel`)).toMatchObject({ status: 409 });
    const events = await app.events();
    euria.fault({ kind: 'hang', times: Infinity });
    await app.ask('POST', `/playlists/${id}/regenerate`);
    const other = await createPlaylist(app, { prompt: 'quieter', length: 3 });
    const late = await app.events();
    await until(
      'what a device that comes late reads',
      () => progressOf(late, other.id),
      (all) => all[0]?.state === 'running',
    );
    for (const each of [id, other.id]) expect((await app.ask('POST', `/playlists/${each}/cancel`)).status).toBe(204);
    expect(await app.ask('GET', `/playlists/${id}`)).toMatchObject({ status: 200, json: { state: 'ready', tracks } });
    expect((await app.ask('GET', `/playlists/${other.id}`)).status).toBe(404);
    for (const each of [id, other.id]) expect(progressOf(events, each).at(-1)?.state).toBe('cancelled');
  });

  test('a list deleted while it is written is written no further, and written when it is restored', async () => {
    const { app, id } = await whileAsked();
    await app.ask('DELETE', `/playlists/${id}`);
    expect((await app.ask('GET', `/playlists/${id}`)).status).toBe(404);
    expect(await app.ask('POST', `/playlists/${id}/restore`)).toMatchObject({ status: 202 });
    expect(await outcome(app, id)).toMatchObject({ status: 200, json: { trackCount: 3 } });
  });
});
