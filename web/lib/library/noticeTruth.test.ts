import { expect, it } from 'vitest';
import { isStillSo, type ShownNow } from './noticeTruth.ts';

const shown = (change: Partial<ShownNow> = {}): ShownNow => ({
  playlistName: () => undefined,
  albumNote: () => undefined,
  listenNote: () => undefined,
  ...change,
});
const list = { subject: 'playlist-name', subjectId: 'p', text: 'Evening' } as const;
const note = { subject: 'album-note', subjectId: '12', text: 'Bought in the rain' } as const;
const heard = { subject: 'listen-note', subjectId: '7', text: 'With Ida' } as const;

it('a playlist “stays” only as long as it is there, and is deleted only as long as it is not', () => {
  const there = shown({ playlistName: () => 'Evening' });
  const gone = shown({ playlistName: () => null });
  expect([there, gone].map((now) => isStillSo({ ...list, why: 'kept' }, now))).toEqual([true, false]);
  expect([there, gone].map((now) => isStillSo({ ...list, why: 'deleted' }, now))).toEqual([false, true]);
});

it('a word is replaced until it stands there again', () => {
  expect(isStillSo({ ...note, why: 'conflict' }, shown({ albumNote: () => 'Bought in the sun' }))).toBe(true);
  expect(isStillSo({ ...note, why: 'merged' }, shown({ albumNote: () => note.text }))).toBe(false);
  expect(isStillSo({ ...note, why: 'conflict' }, shown({ albumNote: () => note.text }))).toBe(false);
  expect(isStillSo({ ...list, why: 'outdone' }, shown({ playlistName: () => 'Evening' }))).toBe(false);
  expect(isStillSo({ ...heard, why: 'outdone' }, shown({ listenNote: () => heard.text }))).toBe(false);
  expect(isStillSo({ ...heard, why: 'removed' }, shown({ listenNote: () => null }))).toBe(true);
  expect(isStillSo({ ...heard, why: 'removed' }, shown({ listenNote: () => '' }))).toBe(false);
});

it('nothing is said of what is not known yet, and a rating stands in no note', () => {
  for (const why of ['kept', 'deleted', 'conflict'] as const)
    expect(isStillSo({ ...list, why }, shown())).toBeUndefined();
  expect(isStillSo({ ...note, text: '', why: 'merged' }, shown())).toBe(true);
});
