import { expect, test } from 'vitest';
import { Trial } from './trial.ts';

/** A server that takes what it is sent, one after the other. */
function settings() {
  const values: Record<string, unknown> = {};
  const trial = new Trial<'lastfm' | 'discogs'>(async (changes) => {
    await Promise.resolve();
    if (changes['refused'] !== undefined) throw new Error('refused');
    Object.assign(values, changes);
  });
  return { values, trial };
}

test('what did not prove good is taken back', async () => {
  const { values, trial } = settings();
  await trial.begin('lastfm', { name: 'ada' });
  expect(values).toEqual({ name: 'ada' });
  await trial.takeBack('lastfm', { name: null });
  expect(values).toEqual({ name: null });
});

test('what a person went on with stays, when its check’s answer comes afterwards too', async () => {
  const { values, trial } = settings();
  await trial.begin('lastfm', { name: 'ada' });
  await trial.keep('lastfm', { name: 'ada' });
  await trial.takeBack('lastfm', { name: null });
  expect(values).toEqual({ name: 'ada' });
  // Also where it was on its way back already.
  await trial.begin('discogs', { token: 'one' });
  await Promise.all([trial.takeBack('discogs', { token: null }), trial.keep('discogs', { token: 'one' })]);
  expect(values).toEqual({ name: 'ada', token: 'one' });
});

test('what the server refuses is not saved, and what is tried anew can be taken back again', async () => {
  const { values, trial } = settings();
  await expect(trial.keep('lastfm', { refused: true })).rejects.toThrow('refused');
  expect(trial.isSaved('lastfm')).toBe(false);
  await trial.keep('lastfm', { name: 'ada' });
  expect(trial.isSaved('lastfm')).toBe(true);
  await trial.begin('lastfm', { name: 'bea' });
  await trial.takeBack('lastfm', { name: 'ada' });
  expect(values).toEqual({ name: 'ada' });
});
