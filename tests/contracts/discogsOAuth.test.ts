import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '#server/kit/redacted.ts';
import type { OAuthToken } from '#server/upstreams/discogs/index.ts';
import { CONSUMER, type DiscogsFixture, openDiscogsFixture, USER } from './discogsFixture.ts';

const CALLBACK = 'http://aime.local/settings/discogs?from=dance';

let fixture: DiscogsFixture;
beforeEach(async () => {
  fixture = await openDiscogsFixture({ releases: 3 });
});
afterEach(() => fixture.sim.close());

const stranger = () => fixture.client({ token: undefined, ...CONSUMER });
const connected = ({ token, secret }: OAuthToken) =>
  fixture.client({ token: undefined, ...CONSUMER, oauthToken: token, oauthTokenSecret: secret });

/** A person opens the page and agrees. @returns what they bring back. */
async function agree(url: string): Promise<URLSearchParams> {
  const answer = await fetch(url, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? 'about:blank');
  expect(back.href.startsWith(CALLBACK)).toBe(true);
  return back.searchParams;
}

describe('the dance', () => {
  it('ends with a token of the person’s own, which opens their shelf', async () => {
    const client = stranger();
    const asked = await client.requestToken(CALLBACK);
    const brought = await agree(client.authorizeUrl(asked));
    expect(brought.get('oauth_token')).toBe(asked.token.reveal());
    const given = await client.accessToken(asked, brought.get('oauth_verifier') ?? '');

    const theirs = connected(given);
    expect(theirs.authKind).toBe('oauth');
    expect(await theirs.identity()).toEqual({ id: 4711, username: USER });
    expect((await theirs.collectionPage(USER, 1)).copies.length).toBeGreaterThan(0);
  });

  it('shows no token to anyone who prints it', async () => {
    const asked = await stranger().requestToken(CALLBACK);
    expect(JSON.stringify(asked)).not.toContain(asked.token.reveal());
    expect(String(asked.secret)).toBe('<hidden>');
  });

  it('does not go on without the person’s word', async () => {
    const client = stranger();
    const asked = await client.requestToken(CALLBACK);
    expect(await fixture.failure(client.accessToken(asked, 'guessed'))).toMatchObject({ kind: 'refused', status: 401 });
    const brought = await agree(client.authorizeUrl(asked));
    expect(await fixture.failure(client.accessToken(asked, `${brought.get('oauth_verifier')}x`))).toMatchObject({
      kind: 'refused',
    });
  });

  it('gives a token once', async () => {
    const client = stranger();
    const asked = await client.requestToken(CALLBACK);
    const verifier = (await agree(client.authorizeUrl(asked))).get('oauth_verifier') ?? '';
    await client.accessToken(asked, verifier);
    expect(await fixture.failure(client.accessToken(asked, verifier))).toMatchObject({ kind: 'refused' });
  });

  it('needs the application’s key and secret, and the right ones', async () => {
    expect(await fixture.failure(fixture.client({ token: undefined }).requestToken(CALLBACK))).toMatchObject({
      kind: 'refused',
      code: 'no-consumer',
    });
    const wrong = fixture.client({ token: undefined, ...CONSUMER, consumerSecret: new Redacted('not this') });
    expect(await fixture.failure(wrong.requestToken(CALLBACK))).toMatchObject({ kind: 'refused', status: 401 });
  });

  it.each([
    ['a page', { kind: 'html' }],
    ['nothing', { kind: 'empty' }],
  ] as const)('is not led astray by %s instead of a token', async (_what, fault) => {
    fixture.sim.fault(fault);
    expect(await fixture.failure(stranger().requestToken(CALLBACK))).toMatchObject({ kind: 'malformed' });
  });
});

describe('a connected account', () => {
  it('signs each attempt anew, for a signature serves once', async () => {
    const { token, secret } = fixture.sim.issueAccessToken();
    fixture.sim.fault({ kind: 'truncate' });
    expect((await connected({ token: new Redacted(token), secret: new Redacted(secret) }).identity()).username).toBe(
      USER,
    );
    expect(fixture.sim.requests).toHaveLength(2);
  });

  it('is refused once the person took their permission back', async () => {
    const { token, secret } = fixture.sim.issueAccessToken();
    fixture.sim.revokeAccess();
    expect(
      await fixture.failure(connected({ token: new Redacted(token), secret: new Redacted(secret) }).identity()),
    ).toMatchObject({ kind: 'refused', passing: false });
  });
});
