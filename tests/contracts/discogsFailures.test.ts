import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import { CONSUMER, type DiscogsFixture, openDiscogsFixture, USER } from './discogsFixture.ts';
import { patienceWith, COMMON_FAULTS } from './outcomes.ts';

let fixture: DiscogsFixture;
beforeEach(async () => {
  fixture = await openDiscogsFixture({ releases: 30 });
});
afterEach(() => fixture.sim.close());

describe('a transient fault', () => {
  it.each(COMMON_FAULTS)('%s passes, and is reported', async (_what, fault, kind) => {
    fixture.sim.fault(fault);
    expect((await fixture.client({}, patienceWith(fault)).collectionPage(USER, 1)).copies.length).toBeGreaterThan(0);
    expect(fixture.failures.map((failure) => failure.kind)).toEqual([kind]);
  });

  it.each(COMMON_FAULTS)('%s that lasts becomes a failure to come back from', async (_what, fault, kind) => {
    fixture.sim.fault({ ...fault, times: Infinity });
    const failure = await fixture.failure(fixture.client({}, patienceWith(fault)).collectionPage(USER, 1));
    expect(failure).toMatchObject({ kind, passing: true });
    expect(fixture.sim.requests).toHaveLength(4);
  });
});

describe('a request too many', () => {
  it.each([
    ['with a time to come back', { 'retry-after': '17' }, 17],
    ['without one', {}, 60],
  ])('%s stops everything until then', async (_what, headers, seconds) => {
    const client = fixture.client();
    fixture.sim.fault({
      kind: 'status',
      status: 429,
      headers,
      body: '{"message":"You are making requests too quickly."}',
    });
    expect(await fixture.failure(client.identity())).toMatchObject({
      kind: 'rate-limited',
      retryAfterSeconds: seconds,
    });
    expect(await fixture.failure(client.release(1))).toMatchObject({ kind: 'rate-limited' });
    expect(fixture.sim.requests).toHaveLength(1);
    await fixture.clock.sleep(seconds * 1000);
    expect((await client.identity()).username).toBe(USER);
  });

  it('is remembered by the next client when it is given', async () => {
    const client = fixture.client();
    fixture.sim.fault({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    await fixture.failure(client.identity());
    const next = fixture.client();
    next.blockedUntil = client.blockedUntil;
    expect(await fixture.failure(next.identity())).toMatchObject({ kind: 'rate-limited' });
    expect(fixture.sim.requests).toHaveLength(1);
  });
});

describe('what a person must do something about', () => {
  it('is a token that Discogs does not know, in its own words, asked once', async () => {
    const failure = await fixture.failure(fixture.client({ token: new Redacted('wrong') }).identity());
    expect(failure).toMatchObject({ kind: 'refused', status: 401, passing: false });
    expect(failure.message).toContain('Invalid consumer token');
    expect(fixture.sim.requests).toHaveLength(1);
    expect(fixture.failures).toHaveLength(1);
  });

  it('is the application alone where a person is asked for', async () => {
    expect(
      await fixture.failure(fixture.client({ token: undefined, ...CONSUMER }).wantlistPage(USER, 1)),
    ).toMatchObject({
      kind: 'refused',
    });
  });

  it('is an address that is none', async () => {
    expect(await fixture.failure(fixture.client({ url: 'discogs' }).identity())).toMatchObject({
      kind: 'bad-request',
      code: 'bad-address',
    });
  });
});

describe('what is not there', () => {
  it.each([
    ['a release', () => fixture.client().release(1)],
    ['a master', () => fixture.client().master(1)],
    ['a person', () => fixture.client().collectionPage('nobody-of-that-name', 1)],
    ['a page', () => fixture.client().collectionPage(USER, 99)],
  ])('%s is reported as such', async (_what, ask) => {
    expect(await fixture.failure(ask())).toMatchObject({ kind: 'not-found', status: 404 });
  });

  it('cannot be asked for by a path hidden in a name', async () => {
    expect(await fixture.failure(fixture.client().collectionPage('../../oauth/identity?', 1))).toMatchObject({
      kind: 'not-found',
    });
    expect(fixture.sim.requests[0]?.path.startsWith('/users/')).toBe(true);
  });
});

describe('an answer in another shape', () => {
  it.each([
    ['no pagination', 'pagination', undefined],
    ['a count in words', 'pagination.items', 'many'],
    ['no list', 'releases', undefined],
    ['a list that is none', 'releases', 'none'],
  ])('%s is no empty shelf', async (_what, path, value) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    expect(await fixture.failure(fixture.client().collectionPage(USER, 1))).toMatchObject({ kind: 'malformed' });
  });

  it.each([
    ['a copy without its number', 'releases.0.instance_id', undefined],
    ['a copy without a release', 'releases.0.basic_information', null],
  ])('%s is counted as unread', async (_what, path, value) => {
    fixture.sim.fault({ kind: 'wrong-type', path, value });
    const page = await fixture.client().collectionPage(USER, 1);
    expect(page).toMatchObject({ setAside: [{ reason: 'unreadable' }], items: fixture.sim.copies.length });
    expect(page.copies).toHaveLength(fixture.sim.copies.length - 1);
  });

  it.each([
    ['artists', null],
    ['formats', 'Vinyl'],
    ['labels', [null, 7]],
    ['genres', {}],
    ['cover_image', 12],
    ['year', 'soon'],
    ['master_id', null],
  ])('odd %s cost no copy', async (field, value) => {
    fixture.sim.fault({ kind: 'wrong-type', path: `releases.0.basic_information.${field}`, value });
    expect((await fixture.client().collectionPage(USER, 1)).setAside).toEqual([]);
  });
});

describe('a person who changes their mind', () => {
  it('stops a request on its way and one that waits its turn', async () => {
    fixture.sim.fault({ kind: 'hang' });
    const stop = new AbortController();
    const asked = fixture.failure(fixture.client().identity(stop.signal));
    stop.abort();
    expect(await asked).toMatchObject({ kind: 'cancelled', passing: false });
    expect(await fixture.failure(fixture.client().identity(AbortSignal.abort()))).toMatchObject({ kind: 'cancelled' });
  });
});
