import { expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { EuriaAccess } from './access.ts';

const wrong = (kind: UpstreamError['kind'], code?: string) => new UpstreamError({ upstream: 'EurIA', kind, message: `It said ${code ?? kind}`, ...(code !== undefined && { code }) });
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
  const access = new EuriaAccess({ client: () => null, shares: {} as never, onChange: () => undefined, onWellAgain: () => void (isWellAgain = true) });
  if (before === 'well') access.heard('has-model');
  else if (before !== null) access.heard(before);
  access.heard(outcome);
  expect(access.last).toBe(after);
  expect(isWellAgain).toBe(before instanceof UpstreamError && !(after instanceof UpstreamError));
});
