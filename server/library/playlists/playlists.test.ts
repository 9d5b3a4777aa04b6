import { describe, expect, it } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { libraryForTest, listenTo, newUuid, START, playlistDocument } from '../testing/library.ts';

const playlist = (entries: PlaylistDocument['entries'] = []): PlaylistDocument =>
  playlistDocument({ name: 'Evening', updatedAt: START + 5, entries });

describe('playlists', () => {
  it('are kept as they were put, in the order given', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const names = { artist: 'Nils Økland', title: 'Bris', album: 'Lysøen' };
    const one = playlist([
      { entry: 'b', trackId: 1, ...names },
      { entry: 'a', trackId: 1, ...names, reason: 'again' },
    ]);
    library.playlists.put(one);
    expect(library.playlists.get(one.id)).toEqual(one);
    const shorter = { ...one, name: 'Night', entries: one.entries.slice(1), options: { length: 1 } };
    library.playlists.put(shorter);
    expect(library.playlists.page({ page: 1, pageSize: 5 })).toMatchObject({ total: 1, items: [{ name: 'Night' }] });
    expect(library.playlists.master(one.id)).toEqual({ document: shorter, deleted: false });
    expect(library.feed.pull('playlists', 0, 10).documents).toEqual([{ ...shorter, _deleted: false }]);
  });

  it('name the place that is named twice', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const twice = playlist([
      { entry: 'a', trackId: 1 },
      { entry: 'a', trackId: 1 },
    ]);
    expect(() => library.playlists.put(twice)).toThrow(expect.objectContaining({ field: 'entries[1].entry' }));
    expect(library.playlists.page({ page: 1, pageSize: 5 }).total).toBe(0);
  });

  it('are deleted as they were, and can be put back', () => {
    const { library } = libraryForTest();
    const one = playlist();
    library.playlists.put(one);
    expect(library.playlists.remove(one.id)).toBe(true);
    expect(library.playlists.remove(one.id)).toBe(false);
    expect(library.playlists.get(one.id)).toBeNull();
    expect(library.playlists.master(one.id)).toEqual({ document: one, deleted: true });
    expect(library.feed.pull('playlists', 0, 10).documents).toEqual([{ ...one, _deleted: true }]);
    library.playlists.put(one);
    expect(library.playlists.get(one.id)).toEqual(one);
    expect(library.playlists.master(newUuid())).toBeNull();
  });
});

describe('settings, states, devices', () => {
  it('keep JSON values, and forget what is set to nothing', () => {
    const { library } = libraryForTest();
    library.settings.set('theme', { dark: true });
    library.settings.set('pace', 3);
    library.settings.set('pace', undefined);
    library.states.set('tracker', { cursor: 5 });
    expect(library.settings.get('theme')).toEqual({ dark: true });
    expect(library.settings.all()).toEqual({ theme: { dark: true } });
    expect(library.settings.get('pace')).toBeUndefined();
    expect(library.states.get('tracker')).toEqual({ cursor: 5 });
    expect(library.states.get('roon')).toBeUndefined();
  });

  it('know the devices, what they sent last, and when they were first and last seen', () => {
    const { library, setTime } = libraryForTest();
    const id = newUuid();
    library.devices.seen(id, { userAgent: 'Firefox', name: 'Phone', seq: 4 });
    setTime(START + 60);
    library.devices.seen(id, { seq: 9 });
    expect(library.devices.all()).toEqual([
      { id, name: 'Phone', userAgent: 'Firefox', firstSeen: START, lastSeen: START + 60, lastSeq: 9 },
    ]);
  });

  it('replicate what every device should know', () => {
    const { library } = libraryForTest();
    const seq = library.feed.lastSeqOf('household');
    library.household.update({ language: 'fr' });
    library.household.update({ language: 'fr' });
    expect(library.feed.lastSeqOf('household')).toBe(seq + 1);
    expect(library.feed.pull('household', 0, 5).documents).toMatchObject([
      { id: 'household', language: 'fr', timeZone: 'Europe/Paris' },
    ]);
  });
});
