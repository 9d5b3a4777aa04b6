import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, historyOf } from '#tests/arbitraries/analysis.ts';
import { albumDocument, copy } from '#tests/arbitraries/library.ts';
import type { Listen } from '../journal/listen.ts';
import type { AlbumDocument } from '../library/album.ts';
import { AI_CANDIDATES, chooseAiCandidates } from './aiSelection.ts';
import { promptDecades } from './promptTerms.ts';

const options = { length: 30, seed: 'one' };

/** 200 artists with two albums of ten tracks each. */
const albums: AlbumDocument[] = Array.from({ length: 400 }, (_, index) => {
  const artist = Math.floor(index / 2) + 1;
  return albumDocument(String(index + 1), {
    title: index === 7 ? 'Onze nuits blanches' : `Record ${index + 1}`,
    artists: [{ id: String(artist), name: artist === 50 ? 'Nuit Plénière' : `Band ${artist}` }],
    copies: [copy],
    year: 1950 + (index % 70),
    genres: [index % 40 === 0 ? 'Jazz' : 'Rock'],
    styles: [index % 100 === 3 ? 'Krautrock' : 'Indie'],
    tracks: Array.from({ length: 10 }, (_each, track) => ({
      id: index * 10 + track + 1,
      title: `Title ${index} ${track}`,
    })),
  });
});
const heard: Listen[] = Array.from({ length: 40 }, (_, index) => ({
  id: index + 1,
  playedAt: 1_700_000_000 + index * 400,
  trackId: 3001 + (index % 4),
  ownerId: 301,
  source: 'lastfm',
  witnesses: 1,
}));
const { analysis } = historyOf({ albums, artists: [], tracks: [] }, heard, 'UTC');
const choose = (prompt: string) => chooseAiCandidates(analysis, prompt, options);

describe('what a model chooses a playlist from', () => {
  it('is bounded, holds each track once and crowds nobody out', () => {
    for (const prompt of ['rock', 'something by Nuit Plénière', '', '🌧']) {
      const chosen = choose(prompt);
      expect(chosen).toHaveLength(AI_CANDIDATES);
      expect(new Set(chosen.map(({ trackId }) => trackId)).size).toBe(AI_CANDIDATES);
      const perArtist = new Map<string, number>();
      for (const { artists } of chosen) perArtist.set(artists[0]!, (perArtist.get(artists[0]!) ?? 0) + 1);
      expect(Math.max(...perArtist.values())).toBeLessThanOrEqual(12);
      expect(perArtist.size).toBeGreaterThan(30);
    }
  });

  it('leads with what the prompt speaks of: an artist, an album, a genre, a style, a decade', () => {
    expect(
      choose('du nuit pleniere, svp')
        .slice(0, 12)
        .every(({ artists }) => artists[0] === 'Nuit Plénière'),
    ).toBe(true);
    expect(
      choose('like on Onze Nuits Blanches')
        .slice(0, 10)
        .every(({ album }) => album === 'Onze nuits blanches'),
    ).toBe(true);
    expect(
      choose('late night JAZZ')
        .slice(0, 50)
        .every(({ genres }) => genres[0] === 'Jazz'),
    ).toBe(true);
    expect(
      choose('krautrock')
        .slice(0, 30)
        .map(({ trackId }) => Math.floor((trackId - 1) / 10) % 100),
    ).toEqual(Array(30).fill(3));
    expect(
      choose('les années 70')
        .slice(0, 100)
        .every(({ year }) => year! >= 1970 && year! < 1980),
    ).toBe(true);
  });

  it('has what is heard most, whatever the prompt', () => {
    const ids = choose('jazz').map(({ trackId }) => trackId);
    for (const id of [3001, 3002, 3003, 3004]) expect(ids).toContain(id);
  });

  it('is the same for the same prompt, library and seed, and keeps to the options', () => {
    fc.assert(
      fc.property(anyHistory(), fc.string(), (some, prompt) => {
        const owned = { ...options, ownedOnly: true };
        const chosen = chooseAiCandidates(some.analysis, prompt, owned);
        expect(chooseAiCandidates(some.analysis, prompt, owned)).toEqual(chosen);
        for (const { trackId, listens } of chosen) {
          expect(listens).toBe(some.listens.filter((listen) => listen.trackId === trackId).length);
          const album = some.albums.find((each) => each.tracks.some(({ id }) => id === trackId))!;
          const group = some.albums.filter(
            (each) => each === album || (each.masterId && each.masterId === album.masterId),
          );
          expect(group.some(({ copies }) => copies.length > 0)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['the 70s and the 1990s', [1970, 1990]],
    ["70's", [1970]],
    ['années 80, années 2000', [1980, 2000]],
    ['from 1974 to 1983', [1970, 1980]],
    ['Seventies soul', [1970]],
    ['the 00s', [2000]],
    ['30 tracks, 12345, 1970000', []],
  ])('hears the decades in "%s"', (prompt, decades) => {
    expect([...promptDecades(prompt)].sort()).toEqual(decades);
  });
});
