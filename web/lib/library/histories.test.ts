import { beforeEach, describe, expect, it } from 'vitest';
import type { Revision, RevisionReason } from '#shared/library/revision.ts';
import { memoryStore } from '../replica/testing/memory.ts';
import { HistoryStore } from './histories.ts';
import { silent } from './testing/documents.ts';

const revision = (id: string, why: RevisionReason, deviceId: string | null = 'mine'): Revision => ({
  id,
  text: `text ${id}`,
  deviceId,
  writtenAt: 1,
  why,
  keptAt: 1,
});

let storage: ReturnType<typeof memoryStore>;
const opened = (): HistoryStore => {
  const histories = new HistoryStore(silent(), () => 'mine', storage);
  histories.setDocuments({
    documents: [
      {
        id: 'album-note:12',
        revisions: [
          revision('a', 'replaced'),
          revision('b', 'conflict'),
          revision('c', 'conflict', 'other'),
          revision('d', 'outdone', null),
        ],
      },
      { id: 'playlist-name:p', revisions: [revision('e', 'kept')] },
    ],
    removed: [],
  });
  return histories;
};

beforeEach(() => {
  storage = memoryStore();
});

describe('what was superseded', () => {
  it('can be read where it was written, the newest first', () => {
    const histories = opened();
    expect(histories.of('album-note', '12').map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(histories.of('playlist-name', 'p')).toEqual([]);
    expect(histories.of('listen-note', 12)).toEqual([]);
    histories.setDocuments({ documents: [], removed: ['album-note:12'] });
    expect(histories.of('album-note', '12')).toEqual([]);
  });

  it('is shown on the device that wrote it, until it is read', () => {
    const histories = opened();
    expect(histories.supersededNotices).toMatchObject([
      { id: 'b', subject: 'album-note', subjectId: '12' },
      { id: 'e', subject: 'playlist-name', subjectId: 'p' },
    ]);
    histories.dismiss('b');
    expect(histories.supersededNotices.map(({ id }) => id)).toEqual(['e']);
    expect(opened().supersededNotices.map(({ id }) => id)).toEqual(['e']);
    // What says which were read is broken: they are shown once more.
    storage.setItem('aime.revisions.read', '{');
    expect(opened().supersededNotices.map(({ id }) => id)).toEqual(['b', 'e']);
  });
});
