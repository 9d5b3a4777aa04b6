import { beforeEach, describe, expect, it } from 'vitest';
import { encodePage } from '#shared/journal/codec.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { Catalogue } from '../catalogue.ts';
import { JournalStore } from '../journal.ts';
import { asSeen, type Shown } from './targets.ts';
import { album, artist, copy, silent, track } from '../testing/documents.ts';

let shown: Shown;
const playedAt = 1_700_000_000;
const MINE = '00000000-0000-4000-8000-0000000000aa';

beforeEach(() => {
  const catalogue = new Catalogue(silent());
  const journal = new JournalStore(catalogue, silent());
  catalogue.keepArtists([
    artist('1', 'Mara Lindqvist', { aliases: [{ id: '4', name: 'M. Lindqvist' }], tracks: [track(31, 'Loose')] }),
    artist('2', 'Bo'),
  ]);
  catalogue.keepAlbums([
    album('1', 'One', {
      note: 'Before',
      tracks: [track(11, 'Gate'), track(12, 'Hill', { artists: [{ id: '2', name: 'Bo' }] })],
      images: [{ id: 7, source: 'discogs', type: 'album' }],
      merged: [{ id: '9', title: 'Uno', reason: 'by-hand' }],
      discogsId: '55',
    }),
    album('2', 'Two', { copies: [copy(MINE)] }),
  ]);
  const base = { ownerId: 1, source: 'lastfm' as const, witnesses: 1 };
  journal.setPages({
    documents: [
      encodePage('2023-11', [
        { id: 1, playedAt, trackId: 12, ...base, note: 'Heard before' },
        { id: 2, playedAt: playedAt + 300, trackId: 11, ...base },
      ]),
    ],
    removed: [],
  });
  shown = { catalogue, journal };
});

const targetsOf = (mutation: Mutation) => asSeen(mutation, shown).targets;
const mara = { artist: 'Mara Lindqvist' };

describe('what a mutation is about', () => {
  it('is named as this device shows it, for every kind', () => {
    const one = { kind: 'album', id: '1', title: 'One', ...mara, discogsId: '55' };
    const two = { kind: 'album', id: '2', title: 'Two', ...mara, discogsId: null };
    const [hill, late] = [
      { kind: 'listen', id: 1, playedAt, title: 'Hill', artist: 'Bo' },
      { kind: 'listen', id: 2, playedAt: playedAt + 300, title: 'Gate', ...mara },
    ];
    const [first, second] = [
      { kind: 'artist', id: '1', name: 'Mara Lindqvist' },
      { kind: 'artist', id: '2', name: 'Bo' },
    ];
    expect(targetsOf({ kind: 'love-track', trackId: 11, loved: true })).toEqual([
      { kind: 'track', id: 11, title: 'Gate', ...mara, album: 'One', discogsId: '55' },
    ]);
    expect(targetsOf({ kind: 'love-track', trackId: 31, loved: true })).toEqual([
      { kind: 'track', id: 31, title: 'Loose', ...mara, album: null },
    ]);
    expect(targetsOf({ kind: 'rate-album', albumId: '1', rating: 3 })).toEqual([one]);
    expect(targetsOf({ kind: 'choose-cover', albumId: '1', imageId: 7 })).toEqual([
      one,
      { kind: 'image', id: 7, source: 'discogs', albumId: '1' },
    ]);
    expect(targetsOf({ kind: 'merge-albums', from: '2', into: '1' })).toEqual([two, one]);
    expect(targetsOf({ kind: 'split-album', from: '9', into: '1' })).toEqual([
      { kind: 'album', id: '9', title: 'Uno', ...mara },
      one,
    ]);
    expect(targetsOf({ kind: 'merge-artists', from: '2', into: '1' })).toEqual([second, first]);
    expect(targetsOf({ kind: 'split-artist', from: '4', into: '1' })).toEqual([
      { kind: 'artist', id: '4', name: 'M. Lindqvist' },
      first,
    ]);
    expect(targetsOf({ kind: 'alias-artist', artistId: '2', name: 'B.' })).toEqual([second]);
    for (const kind of ['delete-listen', 'restore-listen'] as const)
      expect(targetsOf({ kind, listenId: 1 })).toEqual([hill]);
    for (const kind of ['merge-listens', 'part-listens'] as const)
      expect(targetsOf({ kind, listenIds: [1, 2] })).toEqual([hill, late]);
    const report = { source: 'roon' as const, playedAt: playedAt + 3 };
    for (const kind of ['split-listen', 'rejoin-listen'] as const)
      expect(targetsOf({ kind, listenId: 1, scrobbleId: 8, report })).toEqual([
        hill,
        { kind: 'scrobble', id: 8, ...report },
      ]);
    const tracks = [{ trackId: 11 }, { trackId: 12 }, { trackId: 11 }];
    expect(targetsOf({ kind: 'add-listens', group: '', playedAt, tracks })).toMatchObject([
      { id: 11, title: 'Gate' },
      { id: 12, title: 'Hill', artist: 'Bo' },
    ]);
    const record = { kind: 'add-record' as const, alias: '', title: 'One', artists: ['Bo'], year: null, support: null };
    expect(targetsOf({ ...record, albumId: '1' })).toEqual([one]);
    expect(targetsOf(record)).toEqual([]);
    expect(targetsOf({ kind: 'remove-record', alias: '' })).toEqual([]);
    expect(targetsOf({ kind: 'remove-record', alias: MINE })).toEqual([two]);
    expect(targetsOf({ kind: 'remove-listens', group: '' })).toEqual([]);
  });

  it('is left out where it is unknown here, or named by a device’s own UUID', () => {
    expect(targetsOf({ kind: 'delete-listen', listenId: 99 })).toEqual([]);
    expect(targetsOf({ kind: 'rate-album', albumId: '00000000-0000-4000-8000-00000000dddd', rating: 3 })).toEqual([]);
  });

  it('says of a note what stood there before', () => {
    expect(asSeen({ kind: 'note-album', albumId: '1', note: 'After' }, shown).mutation).toMatchObject({
      note: 'After',
      before: 'Before',
    });
    expect(asSeen({ kind: 'note-album', albumId: '2', note: 'After' }, shown).mutation).toMatchObject({ before: '' });
    expect(asSeen({ kind: 'note-listen', listenId: 1, note: 'After' }, shown).mutation).toMatchObject({
      before: 'Heard before',
    });
    expect(asSeen({ kind: 'note-album', albumId: '99', note: 'After' }, shown).mutation).not.toHaveProperty('before');
  });
});
