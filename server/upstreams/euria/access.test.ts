import { expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { EuriaAccess } from './access.ts';

const wrong = (kind: UpstreamError['kind'], code?: string) =>
  new UpstreamError({
    upstream: 'EurIA',
    kind,
    message: `It said ${code ?? kind}`,
    ...(code !== undefined && { code }),
  });
const badToken = wrong('refused', 'bad-token');
const noCredit = wrong('refused', 'no-credit');
const noModel = wrong('refused', 'model-unknown');
const nothingThere = wrong('bad-request', 'wrong-address');

it.each([
  [null, 'has-model', 'well'],
  [null, 'lacks-model', null],
  [null, badToken, badToken],
  [null, nothingThere, nothingThere],
  ['well', badToken, badToken],
  // It wrote: that it lists no models there is nothing wrong.
  ['well', nothingThere, 'well'],
  [badToken, 'has-model', 'well'],
  [badToken, 'lacks-model', null],
  [noModel, 'has-model', 'well'],
  [noModel, 'lacks-model', noModel],
  [noCredit, 'has-model', noCredit],
] as const)('after %s a test that says %s leaves it at %s', (before, outcome, after) => {
  let isWellAgain = false;
  const access = new EuriaAccess({
    client: () => null,
    shares: {} as never,
    onChange: () => undefined,
    onWellAgain: () => void (isWellAgain = true),
  });
  if (before === 'well') access.heard('has-model');
  else if (before !== null) access.heard(before);
  access.heard(outcome);
  expect(access.last).toBe(after);
  expect(isWellAgain).toBe(before instanceof UpstreamError && !(after instanceof UpstreamError));
});

const counted = () => {
  const share = { taken: 0, take: () => ((share.taken += 1), () => void (share.taken -= 1)) };
  return share;
};

it.each([
  [badToken, 0],
  [noCredit, 0],
  [noModel, 0],
  [wrong('rate-limited'), 0],
  [wrong('resting'), 0],
  [wrong('timeout'), 1],
  [wrong('broken'), 1],
  [wrong('malformed'), 1],
  [wrong('bad-request', 'declined'), 1],
  [wrong('cancelled'), 1],
] as const)('after %s so much of the day’s share is used: %i', async (failure, taken) => {
  const share = counted();
  const access = new EuriaAccess({
    client: () => ({ blockedUntil: 0 }) as never,
    shares: { asked: share, own: share } as never,
    onChange: () => undefined,
    onWellAgain: () => undefined,
  });
  for (const of of ['asked', 'own'] as const) {
    share.taken = 0;
    await expect(access.ask(of, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(share.taken).toBe(taken);
  }
});

it('reports what EurIA said also where nothing can be refunded', async () => {
  const share = {
    take: () => () => {
      throw new Error('The library is locked');
    },
  };
  const access = new EuriaAccess({
    client: () => ({ blockedUntil: 0 }) as never,
    shares: { asked: share } as never,
    onChange: () => undefined,
    onWellAgain: () => undefined,
  });
  await expect(access.ask('asked', () => Promise.reject(badToken))).rejects.toBe(badToken);
  expect(access.last).toBe(badToken);
});
