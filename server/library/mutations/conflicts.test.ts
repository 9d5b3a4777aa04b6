import { describe, expect, it } from 'vitest';
import { MAX_REVISIONS, type RevisionsDocument } from '#shared/library/revision.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Library } from '../api/library.ts';
import { applied, DEVICE, mutationOf, libraryForTest, listenTo, newUuid, START } from '../testing/library.ts';

const OTHER = newUuid();
const onlyAlbum = (library: Library) => library.reads.albums({ page: 1, pageSize: 10 }).items[0]!;
const histories = (library: Library) =>
  library.feed
    .pull('revisions', 0, 100)
    .documents.filter(({ _deleted }) => !_deleted) as unknown as RevisionsDocument[];
const texts = (library: Library, id: string) =>
  histories(library)
    .find((history) => history.id === id)
    ?.revisions.map(({ text, why, deviceId }) => [text, why, deviceId]) ?? [];

function noted() {
  const made = libraryForTest();
  const listenId = listenTo(made.library);
  const albumId = String(onlyAlbum(made.library).id);
  const note = (text: string, options: { deviceId?: string; madeAt?: number; before?: string } = {}) => {
    const { before, ...from } = options;
    return applied(
      made.library,
      { kind: 'note-album', albumId, note: text, ...(before !== undefined && { before }) },
      from,
    );
  };
  return { ...made, listenId, albumId, note, history: `album-note:${albumId}` };
}

describe('of two notes', () => {
  it('the later is shown, the one that came too late is stored, and its device is notified', () => {
    const { library, note, history } = noted();
    note('the later word', { madeAt: 2_000, deviceId: OTHER, before: '' });
    expect(note('an older word', { madeAt: 1_000, before: '' })).toMatchObject({
      state: 'applied',
      outdone: true,
      kept: 'history',
    });
    expect(onlyAlbum(library).note).toBe('the later word');
    expect(texts(library, history)).toEqual([['an older word', 'outdone', DEVICE]]);
  });

  it('the one that gave way without its writer’s knowledge is stored as theirs', () => {
    const { library, note, history } = noted();
    note('first', { madeAt: 1_000, before: '' });
    expect(note('second', { madeAt: 2_000, deviceId: OTHER, before: '' })).not.toHaveProperty('outdone');
    expect(onlyAlbum(library).note).toBe('second');
    expect(texts(library, history)).toEqual([['first', 'conflict', DEVICE]]);
    // Who saw it and wrote another took its place knowingly.
    note('third', { madeAt: 3_000, before: 'second' });
    expect(texts(library, history)).toEqual([
      ['second', 'replaced', OTHER],
      ['first', 'conflict', DEVICE],
    ]);
  });

  it('of one device the later is the one with the higher number, in whatever order they arrive and whatever its clock did', () => {
    const { library, history, albumId } = noted();
    const word = (number: number, madeAt: number, note: string) => ({
      ...mutationOf({ kind: 'note-album', albumId, note }, { madeAt }),
      number,
      epoch: library.feed.epoch,
    });
    library.mutations.apply([word(8, 1_000, 'the later word')]);
    const [overtaken] = library.mutations.apply([word(7, 2_000, 'before the clock was set back')]);
    expect(overtaken!.verdict).toMatchObject({ state: 'applied', outdone: true });
    expect(overtaken!.verdict).not.toHaveProperty('kept');
    expect(onlyAlbum(library).note).toBe('the later word');
    expect(texts(library, history)).toEqual([['before the clock was set back', 'replaced', DEVICE]]);
  });

  it('each can be put back, and then is history no more', () => {
    const { library, note, history } = noted();
    note('first', { madeAt: 1_000, before: '' });
    note('second', { madeAt: 2_000, before: 'first' });
    note('first', { madeAt: 3_000, before: 'second' });
    expect(onlyAlbum(library).note).toBe('first');
    expect(texts(library, history)).toEqual([['second', 'replaced', DEVICE]]);
    note('', { madeAt: 4_000, before: 'first' });
    expect(texts(library, history).map(([text]) => text)).toEqual(['first', 'second']);
  });

  it('keeps a listen’s as well, and no more than fits', () => {
    const { library, listenId } = noted();
    for (let number = 0; number <= MAX_REVISIONS + 5; number += 1)
      applied(library, { kind: 'note-listen', listenId, note: `Note ${number}` });
    const stored = texts(library, `listen-note:${listenId}`);
    expect(stored).toHaveLength(MAX_REVISIONS);
    expect(stored[0]?.[0]).toBe(`Note ${MAX_REVISIONS + 4}`);
  });
});

describe('what somebody wrote', () => {
  it('stays to be read when two albums with notes and ratings become one', () => {
    const { library, note, albumId } = noted();
    note('of the first');
    applied(library, { kind: 'rate-album', albumId, rating: 2 });
    listenTo(library, { album: 'Lysoen', playedAt: START + 900 });
    const other = library.reads.albums({ page: 1, pageSize: 10 }).items.find(({ title }) => title === 'Lysoen')!;
    applied(library, { kind: 'note-album', albumId: String(other.id), note: 'of the second' });
    applied(library, { kind: 'rate-album', albumId: String(other.id), rating: 5 });
    applied(library, { kind: 'merge-albums', from: albumId, into: String(other.id) });
    expect(onlyAlbum(library)).toMatchObject({ note: 'of the second', rating: 5 });
    expect(histories(library)).toMatchObject([
      {
        id: `album-note:${other.id}`,
        revisions: [{ text: 'of the first', rating: 2, why: 'merged', deviceId: DEVICE }],
      },
    ]);
  });

  it('goes with a logged listen that is taken back, and is stored', () => {
    const { library } = noted();
    const { track } = library.reads.listens({ page: 1, pageSize: 1 }).items[0]!;
    const group = newUuid();
    applied(library, { kind: 'add-listens', group, playedAt: START - 80_000, tracks: [{ trackId: track.id }] });
    const { id } = library.reads.listens({ page: 1, pageSize: 9 }).items.find(({ source }) => source === 'manual')!;
    applied(library, { kind: 'note-listen', listenId: id, note: 'On the new speakers' });
    applied(library, { kind: 'remove-listens', group });
    expect(texts(library, `listen-note:${id}`)).toEqual([['On the new speakers', 'removed', DEVICE]]);
  });

  it('on a listen that was taken out elsewhere comes back with it, and its writer is notified', () => {
    const { library, listenId } = noted();
    applied(library, { kind: 'delete-listen', listenId });
    expect(applied(library, { kind: 'note-listen', listenId, note: 'By the fire' }, { deviceId: OTHER })).toMatchObject(
      { state: 'applied' },
    );
    expect(texts(library, `listen-note:${listenId}`)).toEqual([['By the fire', 'removed', OTHER]]);
    applied(library, { kind: 'restore-listen', listenId });
    expect(library.reads.listen(listenId)?.note).toBe('By the fire');
  });

  it('follows a listen that becomes one with another, and survives their parting', () => {
    const { library, listenId } = noted();
    const other = listenTo(library, { source: 'roon', playedAt: START + 600 });
    applied(library, { kind: 'note-listen', listenId: other, note: 'one' });
    applied(library, { kind: 'note-listen', listenId: other, note: 'two', before: 'one' });
    applied(library, { kind: 'merge-listens', listenIds: [listenId, other] });
    expect(texts(library, `listen-note:${listenId}`).map(([text]) => text)).toEqual(['one']);
    applied(library, { kind: 'note-listen', listenId, note: 'of both', before: 'two' });
    applied(library, { kind: 'part-listens', listenIds: [listenId, other] });
    const everything = [
      ...texts(library, `listen-note:${listenId}`).map(([text]) => text),
      library.reads.listen(other)?.note,
    ];
    expect(everything).toEqual(expect.arrayContaining(['one', 'two', 'of both']));
  });
});

it('of two loves of one recording the later holds, on whichever albums they were given', () => {
  const { library } = libraryForTest();
  listenTo(library);
  listenTo(library, { album: 'Best of', playedAt: START + 900 });
  const [one, other] = library.reads.listens({ page: 1, pageSize: 2 }).items.map(({ track }) => track.id);
  applied(library, { kind: 'love-track', trackId: one!, loved: false }, { madeAt: 2_000 });
  applied(library, { kind: 'love-track', trackId: other!, loved: true }, { madeAt: 1_000, deviceId: OTHER });
  expect(library.reads.listens({ page: 1, pageSize: 2 }).items.map(({ loved }) => loved)).toEqual([false, false]);
});

describe('the clock of a device', () => {
  const YEAR = 365 * 86_400_000;
  const from = (library: Library, mutation: Mutation, madeAt: number, deviceNow: number, deviceId = DEVICE) =>
    library.mutations.apply([mutationOf(mutation, { madeAt, deviceId })], deviceNow)[0]!;

  it('that is years ahead wins nothing by it, and one that is behind loses nothing', () => {
    const { library, albumId, setTime } = noted();
    for (const [skew, other] of [
      [3 * YEAR, -3 * YEAR],
      [-3 * YEAR, 3 * YEAR],
    ] as const) {
      const now = START * 1000 + 3_600_000 + (skew > 0 ? 0 : 3_600_000);
      setTime(now / 1000);
      // Written half an hour ago on the one, a minute ago on the other; the older arrives last.
      const later = from(
        library,
        { kind: 'note-album', albumId, note: `a minute ago ${skew}` },
        now + other - 60_000,
        now + other,
        OTHER,
      );
      const older = from(
        library,
        { kind: 'note-album', albumId, note: `half an hour ago ${skew}` },
        now + skew - 1_800_000,
        now + skew,
      );
      expect([later.verdict, older.verdict]).toMatchObject([{ state: 'applied' }, { outdone: true, kept: 'history' }]);
      expect(onlyAlbum(library).note).toBe(`a minute ago ${skew}`);
      expect([later.madeAt, older.madeAt].every((at) => at <= library.writtenWhen(Infinity, {}))).toBe(true);
    }
  });

  it('is never taken to be later than the arrival, even where the app does not send it', () => {
    const { library, albumId, setTime } = noted();
    applied(library, { kind: 'rate-album', albumId, rating: 1 }, { madeAt: START * 1000 + 3 * YEAR });
    setTime(START + 60);
    applied(library, { kind: 'rate-album', albumId, rating: 2 }, { madeAt: (START + 60) * 1000, deviceId: OTHER });
    expect(onlyAlbum(library).rating).toBe(2);
  });

  it('of the server that goes back does not make later mutations the earlier ones', () => {
    const { library, albumId, setTime } = noted();
    setTime(START + 3 * 86_400);
    applied(
      library,
      { kind: 'note-album', albumId, note: 'by a clock three days ahead' },
      { madeAt: (START + 3 * 86_400) * 1000 },
    );
    setTime(START);
    const { verdict: result } = from(
      library,
      { kind: 'note-album', albumId, note: 'by the right clock' },
      START * 1000,
      START * 1000,
      OTHER,
    );
    expect(result).not.toHaveProperty('outdone');
    expect(onlyAlbum(library).note).toBe('by the right clock');
  });

  it('that is set back between two mutations of one device leaves the second the later', () => {
    const { library, albumId } = noted();
    const [one, other] = [
      mutationOf({ kind: 'rate-album', albumId, rating: 1 }, { madeAt: START * 1000 - 1_000 }),
      mutationOf({ kind: 'rate-album', albumId, rating: 2 }, { madeAt: START * 1000 - YEAR }),
    ];
    library.mutations.apply(
      [
        { ...one, number: 1 },
        { ...other, number: 2 },
      ],
      START * 1000,
    );
    expect(onlyAlbum(library).rating).toBe(2);
  });
});
