import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import { type DiscogsFixture, openDiscogsFixture, USER, wholeCollection } from './discogsFixture.ts';

let fixture: DiscogsFixture;
beforeEach(async () => {
  fixture = await openDiscogsFixture({ releases: 240, wants: 3 });
});
afterEach(() => fixture.sim.close());

describe('the shelf', () => {
  it('is read whole: every copy once, a release owned twice as two copies', async () => {
    const { copies, items, pages } = await wholeCollection(fixture.client());
    expect(pages).toBe(3);
    expect(items).toBe(fixture.sim.copies.length);
    expect(copies.map(({ instanceId }) => instanceId).toSorted()).toEqual(
      fixture.sim.copies.map(({ instanceId }) => instanceId).toSorted(),
    );
    const releases = new Set(copies.map(({ release }) => release.id));
    expect(releases.size).toBe(240);
    expect(copies.length).toBeGreaterThan(240);
  });

  it('comes oldest first, with dates, stars, folders and set notes as they were', async () => {
    const { copies } = await wholeCollection(fixture.client());
    const dates = copies.map(({ dateAdded }) => dateAdded);
    expect(dates).toEqual(dates.toSorted((one, other) => Number(one) - Number(other)));
    for (const copy of copies) {
      const there = fixture.sim.copies.find(({ instanceId }) => instanceId === copy.instanceId);
      expect(copy).toMatchObject({ folderId: there?.folderId, rating: there?.rating, dateAdded: there?.dateAdded });
      const set = there?.notes
        .filter(({ value }) => value !== '')
        .map(({ field_id, value }) => ({ fieldId: field_id, value }));
      expect(copy.notes).toEqual(set);
    }
  });

  it('has every oddity, read as it is meant', async () => {
    const { copies } = await wholeCollection(fixture.client());
    const releases = copies.map(({ release }) => release);
    const supports = new Set(releases.map(({ support }) => support));
    expect([...supports].toSorted()).toEqual(['CD', 'Cassette', 'Digital', 'SACD', 'Vinyl']);
    expect(releases.filter(({ year }) => year === null).length).toBeGreaterThan(0);
    expect(releases.filter(({ masterId }) => masterId === null).length).toBeGreaterThan(0);
    expect(releases.filter(({ coverUrl }) => coverUrl === null).length).toBeGreaterThan(0);
    expect(releases.filter(({ coverUrl }) => coverUrl?.includes('spacer'))).toEqual([]);
    expect(
      releases.filter(({ formats }) => formats.some(({ name }) => name === 'All Media')).map(({ support }) => support),
    ).toContain('Vinyl');
    expect(releases.filter(({ artists }) => artists.length > 1).length).toBeGreaterThan(0);
    expect(
      releases.flatMap(({ artists }) => artists).filter(({ name, creditedAs }) => name !== creditedAs).length,
    ).toBeGreaterThan(0);
    for (const { credit, artists } of releases) {
      expect(credit).not.toMatch(/ \(\d+\)| ,|,$/);
      for (const { creditedAs } of artists) expect(credit).toContain(creditedAs);
    }
  });

  it('that changes between two pages shows in its count', async () => {
    const client = fixture.client();
    const first = await client.collectionPage(USER, 1);
    fixture.sim.sell(first.copies[0]!.instanceId);
    const second = await client.collectionPage(USER, 2);
    expect(second.items).toBe(first.items - 1);
    fixture.sim.add({ artist: 'Bo Ekström', title: 'Late Arrival' });
    const last = await client.collectionPage(USER, first.pages);
    expect(last.copies.at(-1)?.release).toMatchObject({ title: 'Late Arrival', credit: 'Bo Ekström' });
  });

  it('names its folders and fields', async () => {
    const folders = await fixture.client().folders(USER);
    expect(folders[0]).toEqual({ id: 0, name: 'All', count: fixture.sim.copies.length });
    expect(folders.map(({ name }) => name)).toContain('Attic');
    const fields = await fixture.client().fields(USER);
    expect(fields.map(({ id, name, public: shown }) => [id, name, shown])).toEqual([
      [1, 'Media', true],
      [2, 'Sleeve', true],
      [3, 'Notes', true],
      [4, 'Price paid', false],
    ]);
  });
});

describe('what is wanted', () => {
  it('is a list of releases with a note', async () => {
    const page = await fixture.client().wantlistPage(USER, 1);
    expect(page).toMatchObject({ page: 1, pages: 1, items: 3, setAside: [] });
    expect(page.wants.map(({ release }) => release.id).toSorted()).toEqual(
      fixture.sim.wants.map(({ releaseId }) => releaseId).toSorted(),
    );
    expect(page.wants[0]).toMatchObject({ rating: 4, notes: 'First pressing only' });
  });
});

describe('the catalogue', () => {
  it('gives a release with its tracklist: headings, parts, guests, unknown durations', async () => {
    const client = fixture.client();
    const lines = [];
    for (const { releaseId } of fixture.sim.copies.slice(0, 40))
      lines.push(...(await client.release(releaseId)).tracklist);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['track', 'heading', 'index']));
    expect(lines.filter(({ kind, subTracks }) => kind === 'index' && subTracks.length === 2).length).toBeGreaterThan(0);
    expect(lines.filter(({ position }) => position.startsWith('B')).length).toBeGreaterThan(0);
    expect(lines.filter(({ artists }) => artists.length > 0).length).toBeGreaterThan(0);
    expect(
      lines.filter(({ kind, durationSeconds }) => kind === 'track' && durationSeconds === null).length,
    ).toBeGreaterThan(0);
    expect(lines.filter(({ durationSeconds }) => durationSeconds !== null && durationSeconds < 60)).toEqual([]);
  });

  it('knows the original year from the master', async () => {
    const { copies } = await fixture.client().collectionPage(USER, 1);
    const { release } = copies.find(({ release: { masterId } }) => masterId !== null)!;
    const master = await fixture.client().master(release.masterId!);
    expect(master).toMatchObject({
      id: release.masterId,
      mainReleaseId: release.id,
      title: release.title,
      year: fixture.sim.release(release.id).originalYear,
    });
  });

  it('finds a release by its barcode, spaces or not, and by words', async () => {
    const wanted = fixture.sim.release(
      fixture.sim.copies.find(({ releaseId }) => fixture.sim.release(releaseId).barcode !== '')!.releaseId,
    );
    const spaced = wanted.barcode.replace(/^(\d{3})/, '$1 ');
    expect((await fixture.client().searchBarcode(spaced)).map(({ id }) => id)).toEqual([wanted.id]);
    const named = await fixture.client().search({ artist: wanted.artists[0]!.name, title: wanted.title });
    expect(named).toContainEqual(expect.objectContaining({ id: wanted.id, barcodes: [wanted.barcode] }));
    expect(await fixture.client().search({ query: 'nothing is called this' })).toEqual([]);
  });

  it('is shown without pictures to a client that does not say who it is', async () => {
    const { copies } = await fixture.client({ token: undefined }).collectionPage(USER, 1);
    expect(copies).toHaveLength(100);
    expect(copies.filter(({ release }) => release.coverUrl !== null || release.thumbUrl !== null)).toEqual([]);
  });
});

describe('the pace', () => {
  it('stays within what the headers allow, for as long as it takes', async () => {
    const client = fixture.client();
    for (let times = 0; times < 150; times += 1) await client.release(fixture.sim.copies[0]!.releaseId);
    expect(fixture.failures).toEqual([]);
    expect(fixture.sim.requests).toHaveLength(150);
  });

  it('leaves room for another program at the same address', async () => {
    const [mine, theirs] = [fixture.client(), fixture.client()];
    for (let times = 0; times < 100; times += 1) {
      await mine.release(fixture.sim.copies[0]!.releaseId);
      if (times % 8 === 0) await theirs.release(fixture.sim.copies[0]!.releaseId);
    }
    expect(fixture.failures).toEqual([]);
  });

  it('is faster where the headers allow more', async () => {
    const faster = await openDiscogsFixture({ releases: 1, requestsPerMinute: 6000 });
    try {
      const client = faster.client();
      for (let times = 0; times < 200; times += 1) await client.release(faster.sim.copies[0]!.releaseId);
      expect(faster.failures).toEqual([]);
      expect(faster.clock.skipped).toBeLessThan(fixture.sim.copies.length * 1000);
    } finally {
      await faster.sim.close();
    }
  });

  it('asks with a name of its own', async () => {
    await fixture.client().identity();
    expect(fixture.sim.requests[0]?.headers['user-agent']).toBe('AIME/4.0.0 (tests)');
  });
});

describe('who asks', () => {
  it('is the personal token’s, which has precedence over OAuth', async () => {
    const { token, secret } = fixture.sim.issueAccessToken();
    const both = { oauthToken: new Redacted(token), oauthTokenSecret: new Redacted(secret) };
    const client = fixture.client(both);
    expect(await client.identity()).toEqual({ id: 4711, username: USER });
    expect(client.authKind).toBe('token');
    expect(fixture.sim.requests[0]?.headers['authorization']).toMatch(/^Discogs token=/);
  });

  it('is not asked of Discogs when nobody is connected', async () => {
    const failure = await fixture.failure(fixture.client({ token: undefined }).identity());
    expect(failure).toMatchObject({ kind: 'refused', code: 'no-credentials' });
    expect(fixture.sim.requests).toEqual([]);
  });
});
