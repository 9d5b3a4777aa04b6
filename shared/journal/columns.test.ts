import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyListen } from '#tests/arbitraries/listen.ts';
import { encodePage } from './codec.ts';
import { JournalColumns } from './columns.ts';
import type { Listen } from './listen.ts';
import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { JournalPage } from './page.ts';
import { JournalPageError } from './pageError.ts';

/** Tests count seconds from here. */
const BASE = 1_700_000_000;

const listen = (id: number, second: number, more: Partial<Listen> = {}): Listen => ({
  id,
  playedAt: BASE + second,
  trackId: id * 10,
  ownerId: id * 100,
  source: 'lastfm',
  witnesses: 1,
  ...more,
});

const everything = (journal: JournalColumns): Listen[] =>
  Array.from({ length: journal.length }, (_, index) => journal.listen(index));

const byTimeThenId = (a: Listen, b: Listen): number => a.playedAt - b.playedAt || a.id - b.id;

/** What the pages say, the slow way: later pages speak over earlier ones. */
function union(pages: ReadonlyMap<string, Listen[]>): Listen[] {
  const byId = new Map<number, Listen>();
  for (const listens of pages.values()) for (const each of listens) byId.set(each.id, each);
  return [...byId.values()].sort(byTimeThenId);
}

const pageIds = ['2024-01', '2024-01.1', '2024-02', '2024-03', '2024-03.1'];
const somePage = fc.record({
  id: fc.constantFrom(...pageIds),
  // Few ids and few seconds, so that pages overlap, repeat each other's listens and collide in time.
  listens: fc.uniqueArray(anyListen({ from: BASE, to: BASE + 40, ids: 30, tracks: 9 }), {
    selector: ({ id }) => id,
    maxLength: 12,
  }),
});
const someChange = fc.record({
  pages: fc.array(somePage, { maxLength: 3 }),
  removed: fc.array(fc.constantFrom(...pageIds), { maxLength: 2 }),
});

describe('the journal in columns', () => {
  it('of more zones than it has numbers for holds every listen: those of the further ones have no zone', () => {
    const listens = Array.from({ length: 66_000 }, (_, index) => listen(index + 1, index, { zone: `Zone ${index}` }));
    const pages = Array.from({ length: 132 }, (_, page) =>
      encodePage(`2023-11.${page}`, listens.slice(page * 500, (page + 1) * 500)),
    );
    const journal = JournalColumns.fromPages(pages);
    expect(journal).toHaveLength(66_000);
    expect(journal.listen(65_534)).toEqual(listens[65_534]);
    expect(journal.listen(65_999).zone).toBeUndefined();
  });

  it('holds what its pages hold, in order, whatever pages came and went', () => {
    fc.assert(
      fc.property(fc.array(someChange, { maxLength: 8 }), (changes) => {
        const pages = new Map<string, Listen[]>();
        let journal = JournalColumns.fromPages([]);
        for (const { pages: changed, removed } of changes) {
          journal = journal.withPages(
            changed.map(({ id, listens }) => encodePage(id, listens)),
            removed,
          );
          for (const id of removed) pages.delete(id);
          for (const { id, listens } of changed) {
            pages.delete(id);
            pages.set(id, listens);
          }
          expect(everything(journal)).toEqual(union(pages));
        }
        const atOnce = JournalColumns.fromPages(Array.from(pages, ([id, listens]) => encodePage(id, listens)));
        expect(everything(atOnce)).toEqual(union(pages));
      }),
    );
  });

  it('keeps the newest months in step without touching the earlier journal', () => {
    const before = JournalColumns.fromPages([
      encodePage('2024-01', [listen(1, 100)]),
      encodePage('2024-02', [listen(2, 200)]),
    ]);
    const after = before.withPages([encodePage('2024-02', [listen(2, 200), listen(3, 210, { note: 'loud' })])]);
    expect(everything(before).map(({ id }) => id)).toEqual([1, 2]);
    expect(everything(after)).toEqual([listen(1, 100), listen(2, 200), listen(3, 210, { note: 'loud' })]);
  });

  it('takes a whole journal at once as it takes it page by page', () => {
    const pages = Array.from({ length: 120 }, (_, page) =>
      encodePage(`20${String(10 + Math.floor(page / 12))}-${String((page % 12) + 1).padStart(2, '0')}`, [
        listen(page * 2 + 1, page * 1000),
        listen(page * 2 + 2, page * 1000 + 1500),
      ]),
    );
    const oneByOne = pages
      .toReversed()
      .reduce((journal, page) => journal.withPages([page]), JournalColumns.fromPages([]));
    expect(everything(JournalColumns.fromPages(pages))).toEqual(everything(oneByOne));
    expect(everything(oneByOne.withPages(pages))).toEqual(everything(oneByOne));
    expect(oneByOne.length).toBe(240);
  });

  it('shows a listen once while it is on two pages, and the older page again when the newer lets it go', () => {
    const first = JournalColumns.fromPages([encodePage('2024-01', [listen(1, 100)])]);
    const both = first.withPages([encodePage('2024-02', [listen(1, 200), listen(2, 201)])]);
    expect(everything(both)).toEqual([listen(1, 200), listen(2, 201)]);
    expect(everything(both.withPages([], ['2024-02']))).toEqual([listen(1, 100)]);
    expect(everything(both.withPages([encodePage('2024-01', [])]))).toEqual([listen(1, 200), listen(2, 201)]);
  });

  it('lays edits over itself: some listens away, others added or in the place of one', () => {
    fc.assert(
      fc.property(
        fc.array(somePage, { maxLength: 4 }),
        fc.uniqueArray(fc.integer({ min: -30, max: 30 })),
        fc.array(anyListen({ from: BASE, to: BASE + 40, ids: 40, tracks: 9 }), { maxLength: 8 }),
        (pages, gone, extra) => {
          const base = JournalColumns.fromPages(pages.map(({ id, listens }) => encodePage(id, listens)));
          const byId = new Map(everything(base).map((each) => [each.id, each]));
          for (const id of gone) byId.delete(id);
          for (const each of extra) byId.set(each.id, each);
          expect(everything(base.without(new Set(gone)).withExtra(extra))).toEqual(
            [...byId.values()].sort(byTimeThenId),
          );
        },
      ),
    );
  });

  it('takes pages only on the journal itself, not under edits', () => {
    const edited = JournalColumns.fromListens([listen(1, 100)]);
    expect(() => edited.withPages([encodePage('2024-01', [])])).toThrow('not to one with edits laid over it');
  });

  it('finds a period by its seconds, the end left out', () => {
    const journal = JournalColumns.fromListens([listen(1, 100), listen(2, 200), listen(3, 200), listen(4, 300)]);
    expect(journal.indexRange(BASE + 200, BASE + 300)).toEqual([1, 3]);
    expect(journal.indexRange(BASE + 0, BASE + 1000)).toEqual([0, 4]);
    expect(journal.indexRange(BASE + 101, BASE + 102)).toEqual([1, 1]);
    expect(journal.indexRange(BASE + 300, BASE + 200)).toEqual([3, 3]);
    expect(journal.indexOf(3)).toBe(2);
    expect(journal.indexOf(5)).toBe(-1);
    expect(() => journal.listen(4)).toThrow(RangeError);
  });

  it('takes a time when nothing can have been heard for an unknown date, whoever says it', () => {
    const far = Date.UTC(9999, 5, 1) / 1000 - BASE;
    const pages = [
      encodePage('9999-06', [listen(1, far), listen(2, far)]),
      encodePage('2023-11', [listen(3, 0), listen(4, -BASE - 5)]),
    ];
    for (const journal of [
      JournalColumns.fromPages(pages),
      JournalColumns.fromListens([listen(1, far), listen(2, far), listen(3, 0), listen(4, -BASE - 5)]),
    ]) {
      expect(everything(journal).map(({ id, playedAt }) => [id, playedAt])).toEqual([
        [1, DATE_UNKNOWN],
        [2, DATE_UNKNOWN],
        [4, DATE_UNKNOWN],
        [3, BASE],
      ]);
    }
    expect(JournalColumns.fromPages(pages).withPages([encodePage('9999-06', [listen(2, 5)])]).length).toBe(3);
  });

  it('refuses a page that contradicts itself and stays as it was', () => {
    const journal = JournalColumns.fromPages([encodePage('2024-01', [listen(1, 100)])]);
    const broken: JournalPage = { ...encodePage('2024-02', [listen(2, 200)]), n: 2 };
    expect(() => journal.withPages([broken])).toThrow(JournalPageError);
    expect(everything(journal)).toEqual([listen(1, 100)]);
  });
});
