import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { createMusicBrainzClient, isMbid, type MusicBrainzSettings } from '#server/upstreams/musicbrainz/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import { recordNamed } from '#tests/simulators/catalogue/inventedRecords.ts';
import { mbidOf, type MusicBrainzSimulator, startMusicBrainzSimulator } from '#tests/simulators/musicbrainz/index.ts';
import { failureOf, PATIENT_MS, patienceWith, COMMON_FAULTS } from './outcomes.ts';

const records = [
  recordNamed('Estelle & Ivo', 'Deux "pianos" \\ un orage'),
  recordNamed('Ada Nordlund', 'Harbour Lights'),
  recordNamed('Ada Nordlund', 'Coverless'),
];
const [duo, album, coverless] = records as [(typeof records)[0], (typeof records)[0], (typeof records)[0]];

let sim: MusicBrainzSimulator;
let clock: ImpatientClock;
let failures: UpstreamError[];
beforeEach(async () => {
  clock = new ImpatientClock();
  failures = [];
  sim = await startMusicBrainzSimulator({ knows: records, now: () => clock.now() });
});
afterEach(() => sim.close());

const client = (settings: Partial<MusicBrainzSettings> = {}, timeoutMs = PATIENT_MS) =>
  createMusicBrainzClient({
    settings: { url: sim.url, coverArtUrl: sim.coverArtUrl, contact: 'someone@example.org', ...settings },
    clock,
    userAgent: 'AIME/4.0.0',
    intervalMs: 2_000,
    timeoutMs,
    onAttemptFailed: (error) => failures.push(error),
  });
const failure = (request: Promise<unknown>) => failureOf(request, 'MusicBrainz', []);

describe('a search', () => {
  it('finds albums whatever signs their names hold', async () => {
    const [found] = await client().searchReleaseGroups(duo);
    expect(found).toMatchObject({
      title: duo.title,
      credit: 'Estelle & Ivo',
      artists: ['Estelle', 'Ivo'],
      score: 100,
      year: duo.year,
      primaryType: 'Album',
    });
    expect(isMbid(found!.mbid)).toBe(true);
  });

  it('reads the tracks of an edition, by its title alone', async () => {
    const musicbrainz = client();
    const [release] = await musicbrainz.searchReleases({ artist: '', title: album.title });
    const tracks = await musicbrainz.releaseTracks(release!.mbid);
    expect(tracks).toEqual(
      album.tracks.map(({ title, seconds }, at) => ({ title, position: String(at + 1), durationSeconds: seconds })),
    );
    expect(await failure(musicbrainz.releaseTracks(mbidOf('another')))).toMatchObject({ kind: 'not-found' });
  });

  it('finds editions and the album they belong to', async () => {
    const musicbrainz = client();
    const [group] = await musicbrainz.searchReleaseGroups(album);
    const [release] = await musicbrainz.searchReleases(album);
    expect(release).toMatchObject({ title: 'Harbour Lights', releaseGroupMbid: group?.mbid });
    expect(release?.mbid).not.toBe(group?.mbid);
  });

  it('of nothing asks nothing, and of what nobody made finds nothing', async () => {
    expect(await client().searchReleases({ artist: ' ', title: '' })).toEqual([]);
    expect(sim.requests).toEqual([]);
    expect(await client().searchReleases({ artist: 'Nobody', title: 'Nothing' })).toEqual([]);
  });
});

describe('a front cover', () => {
  it('is found without fetching it, at the archive’s own lasting address', async () => {
    const musicbrainz = client();
    const [group] = await musicbrainz.searchReleaseGroups(album);
    const cover = await musicbrainz.frontCover('release-group', group!.mbid);
    expect(cover).toEqual({ url: `${sim.coverArtUrl}/release-group/${group!.mbid}/front-1200` });
    expect(sim.requests.filter(({ path }) => path.startsWith('/images/'))).toEqual([]);
    const picture = await fetch(cover!.url);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
  });

  it('that the archive lacks is none', async () => {
    const musicbrainz = client();
    const [release] = await musicbrainz.searchReleases(coverless);
    expect(await musicbrainz.frontCover('release', release!.mbid)).toBeNull();
    expect(await musicbrainz.frontCover('release', mbidOf('never heard of'))).toBeNull();
  });

  it('of something that is no id is not asked for', async () => {
    expect(await failure(client().frontCover('release', '../ws/2/release'))).toMatchObject({ kind: 'bad-request' });
    expect(sim.requests).toEqual([]);
  });
});

describe('good manners', () => {
  it('are a pause between requests, both services together, and a name with an address', async () => {
    const musicbrainz = client();
    for (let times = 0; times < 20; times += 1) {
      const [group] = await musicbrainz.searchReleaseGroups(album);
      await musicbrainz.frontCover('release-group', group!.mbid);
    }
    expect(failures).toEqual([]);
    expect(sim.requests).toHaveLength(40);
    expect(new Set(sim.requests.map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['AIME/4.0.0 ( someone@example.org )']),
    );
  });

  it('include leaving it alone after a request too many', async () => {
    const [one, other] = [client(), client()];
    await one.searchReleases(album);
    const reported = await failure(other.searchReleases(album));
    expect(reported).toMatchObject({ kind: 'rate-limited', status: 503, retryAfterSeconds: 5 });
    expect(reported.message).toContain('exceeding the allowable rate limit');
    expect(await failure(other.searchReleases(album))).toMatchObject({ kind: 'rate-limited' });
    expect(sim.requests).toHaveLength(2);
    await clock.sleep(5_000);
    expect(await other.searchReleases(album)).toHaveLength(1);
  });

  it('are impossible without an address to write to', async () => {
    expect(await failure(client({ contact: '' }).searchReleases(album))).toMatchObject({
      kind: 'refused',
      code: 'no-contact',
    });
    expect(sim.requests).toEqual([]);
    expect(await failure(client({ contact: 'a house' }).searchReleases(album))).toMatchObject({
      kind: 'refused',
      status: 403,
    });
  });
});

describe('a transient fault', () => {
  it.each(COMMON_FAULTS)('%s passes, and is reported', async (_what, fault, kind) => {
    sim.fault(fault);
    expect(await client({}, patienceWith(fault)).searchReleases(album)).toHaveLength(1);
    expect(failures.map((one) => one.kind)).toEqual([kind]);
  });

  it.each(COMMON_FAULTS)('%s that lasts becomes a failure to come back from', async (_what, fault, kind) => {
    sim.fault({ ...fault, times: Infinity });
    expect(await failure(client({}, patienceWith(fault)).searchReleases(album))).toMatchObject({ kind, passing: true });
  });

  it.each([
    ['no list', 'releases', undefined],
    ['a list that is none', 'releases', 4],
  ])('%s is no empty answer', async (_what, path, value) => {
    sim.fault({ kind: 'wrong-type', path, value });
    expect(await failure(client().searchReleases(album))).toMatchObject({ kind: 'malformed' });
  });

  it('is an address where something else answers', async () => {
    expect(await failure(client({ url: `${sim.coverArtUrl}/ws/2/elsewhere` }).searchReleases(album))).toMatchObject({
      kind: 'not-found',
    });
    sim.fault({ kind: 'status', status: 301, headers: { location: 'http://192.168.1.1/' }, times: Infinity });
    expect(await failure(client().searchReleases(album))).toMatchObject({ kind: 'malformed' });
  });

  it('ends at once for a person who changes their mind', async () => {
    expect(await failure(client().searchReleases(album, AbortSignal.abort()))).toMatchObject({ kind: 'cancelled' });
  });
});
