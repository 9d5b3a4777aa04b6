import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { mutated } from '#tests/arbitraries/mutated.ts';
import { ReleaseGroupsAnswer, ReleasesAnswer, ReleaseTracksAnswer } from './schema.ts';

const GROUP = {
  id: '0b5c2f7e-1111-4222-8333-944455556666',
  score: 100,
  title: 'Harbour Lights',
  'first-release-date': '1981-03',
  'primary-type': 'Album',
  'artist-credit': [
    { name: 'Ada Nord', joinphrase: ' & ', artist: { id: 'x', name: 'Ada Nord' } },
    { name: 'The Lanterns', artist: { id: 'y', name: 'Lanterns, The' } },
  ],
};
const RELEASE = { ...GROUP, date: '1992', 'release-group': { id: GROUP.id, 'primary-type': 'Album' } };

describe('release groups', () => {
  it('are read with their credit, first year and score', () => {
    const read = parseResponse('MusicBrainz', ReleaseGroupsAnswer, {
      count: 2,
      'release-groups': [GROUP, { id: 'no-mbid', title: 'x' }],
    });
    expect(read['release-groups']).toEqual([
      {
        mbid: GROUP.id,
        title: 'Harbour Lights',
        credit: 'Ada Nord & The Lanterns',
        artists: ['Ada Nord', 'The Lanterns'],
        score: 100,
        year: 1981,
        primaryType: 'Album',
        releaseGroupMbid: null,
      },
    ]);
  });
});

it('reads the tracks of an edition, carrier by carrier, and their lengths where they are given', () => {
  const read = parseResponse('MusicBrainz', ReleaseTracksAnswer, {
    media: [
      {
        position: 1,
        tracks: [
          { title: 'Quay', number: 'A1', length: 252_400 },
          { title: 'Wake', number: 'A2', length: null },
          { number: 'A3' },
        ],
      },
      { position: 2 },
    ],
  });
  expect(read.media.flatMap(({ tracks }) => tracks)).toEqual([
    { title: 'Quay', position: 'A1', durationSeconds: 252 },
    { title: 'Wake', position: 'A2', durationSeconds: null },
  ]);
});

describe('releases', () => {
  it('give their group and their own date; scores may be text', () => {
    const read = parseResponse('MusicBrainz', ReleasesAnswer, {
      releases: [
        { ...RELEASE, score: '87' },
        { ...RELEASE, date: '', 'release-group': null },
      ],
    });
    expect(read.releases).toMatchObject([
      { score: 87, year: 1992, releaseGroupMbid: GROUP.id },
      { year: null, releaseGroupMbid: null },
    ]);
  });
});

describe('whatever comes', () => {
  it.each(Object.entries({ ReleaseGroupsAnswer, ReleasesAnswer }))(
    '%s reads it or refuses it with an UpstreamError',
    (_name, parser) => {
      fc.assert(
        fc.property(fc.oneof(mutated({ 'release-groups': [GROUP] }), mutated({ releases: [RELEASE] })), (value) => {
          try {
            parseResponse('MusicBrainz', parser, value);
          } catch (error) {
            expect(error).toBeInstanceOf(UpstreamError);
          }
        }),
      );
    },
  );
});
