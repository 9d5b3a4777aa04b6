import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { begunIn, clearDraft, draftOf, leftDrafts } from './drafts.ts';

const ALONE = ['record'];
const subject = (library: string, thing: string, name: string) => ({ library, thing, name });

beforeEach(() => {
  const storage = {};
  for (const [name, value] of Object.entries({
    getItem: (key: string) => (storage as Record<string, string>)[key] ?? null,
    setItem: (key: string, text: string) => void ((storage as Record<string, string>)[key] = text),
    removeItem: (key: string) => void Reflect.deleteProperty(storage, key),
  }))
    Object.defineProperty(storage, name, { value });
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a draft is there again for the thing it is about, and for no other that bears its number', () => {
  draftOf('note.album', subject('mine', '12 Flea Market', 'Flea Market')).write('Bought in the rain');
  expect(draftOf('note.album', subject('mine', '12 Flea Market', 'Flea Market')).read()).toBe('Bought in the rain');
  expect(draftOf('note.album', subject('theirs', '12 Flea Market', 'Flea Market')).read()).toBeUndefined();
  const other = draftOf('note.album', subject('mine', '12 Lysøen', 'Lysøen'));
  expect(other.read()).toBeUndefined();
  other.write('Another thought');
  other.clear();
  expect(leftDrafts(ALONE)).toMatchObject([{ name: 'Flea Market', text: 'Bought in the rain' }]);
});

it('can be found where its thing is gone, until it is dismissed', () => {
  draftOf('record').write('half a record');
  draftOf('note.album', subject('mine', '12 Flea Market', 'Flea Market')).write('Bought in the rain');
  localStorage.setItem('aime.draft.note.album.7', JSON.stringify({ text: 'Of an earlier version', at: 5 }));
  const [one, two] = leftDrafts(ALONE);
  expect([one?.text, two?.text].sort()).toEqual(['Bought in the rain', 'Of an earlier version']);
  for (const { key } of leftDrafts(ALONE)) clearDraft(key);
  expect(leftDrafts(ALONE)).toEqual([]);
  expect(draftOf('record').read()).toBe('half a record');
});

it('stays, whatever the clock says and however many there are', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0) });
  for (let id = 0; id < 60; id++)
    draftOf('note.album', subject('mine', String(id), `Record ${id}`)).write(`Note ${id}`);
  vi.setSystemTime(Date.UTC(2027, 0));
  draftOf('note.album', subject('mine', 'one more', 'One more')).write('One more');
  expect(leftDrafts(ALONE)).toHaveLength(61);
});

it('is none where it is broken', () => {
  localStorage.setItem('aime.draft.record', '{');
  expect(draftOf('record').read()).toBeUndefined();
});

it('is shown beside its field by how it begins, as long as it is not what is saved', () => {
  const draft = draftOf('note.album', subject('mine', '12 Flea Market', 'Flea Market'));
  expect(begunIn(draft, '')).toBeUndefined();
  draft.write('  Bought in the rain ');
  expect(begunIn(draft, '')).toBe('Bought in the rain');
  expect(begunIn(draft, 'Bought in the rain')).toBeUndefined();
  draft.write('Rain '.repeat(60));
  expect(begunIn(draft, '')).toMatch(/^Rain Rain .+…$/);
});
