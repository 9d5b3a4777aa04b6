import { describe, expect, it } from 'vitest';
import { EURIA, euriaState, type EuriaFacts } from './euriaState.ts';

const own = { isOn: true, used: 1, cap: 200, hasWork: () => true };
/** Nothing is wrong, it writes by itself, and there is something to write. */
const WELL: EuriaFacts = {
  hasAddress: true,
  hasKey: true,
  last: 'well',
  pausedUntil: null,
  isAsking: false,
  asked: { used: 1, cap: 200 },
  own,
};
const failed = (code: string, values?: Record<string, string>) => ({
  trouble: { code, ...(values && { values }) },
  detail: `It said ${code}`,
});
const asked = { used: 200, cap: 200 };
const used = { ...own, used: 200 };
const off = { ...own, isOn: false };

/** A state, what makes it, and the least that ends it, with what it is then. */
const CASES: [code: string, made: Partial<EuriaFacts>, ended: Partial<EuriaFacts>, then: string][] = [
  [
    'not-configured',
    { hasAddress: false, last: failed('refused'), pausedUntil: 9 },
    { hasAddress: true, last: 'well', pausedUntil: null },
    'by-itself',
  ],
  ['no-key', { hasKey: false, last: failed('refused') }, { hasKey: true }, 'refused'],
  ['no-key', { hasKey: false, last: failed('refused') }, { last: 'well' }, 'by-itself'],
  ['refused', { last: failed('refused') }, { last: 'well' }, 'by-itself'],
  ['must-be-seen-to', { last: failed('model-unknown', { model: 'x' }) }, { last: 'unknown' }, 'unasked'],
  ['must-be-seen-to', { last: failed('no-credit') }, { last: failed('unreachable') }, 'last-failed'],
  ['must-be-seen-to', { last: failed('missing-scope') }, { last: failed('refused') }, 'refused'],
  ['must-be-seen-to', { last: failed('wrong-address') }, { hasAddress: false }, 'not-configured'],
  ['paused', { pausedUntil: 1_700_000_000, last: failed('rate-limited') }, { pausedUntil: null }, 'by-itself'],
  ['paused', { pausedUntil: 1_700_000_000, isAsking: true, asked }, { last: failed('refused') }, 'refused'],
  ['writing', { isAsking: true, last: failed('unreachable') }, { isAsking: false }, 'last-failed'],
  ['writing', { isAsking: true }, { isAsking: false }, 'by-itself'],
  ['last-failed', { last: failed('unreachable') }, { last: 'well' }, 'by-itself'],
  ['last-failed', { last: failed('broken') }, { last: failed('rate-limited') }, 'by-itself'],
  ['asked-none', { asked: { used: 3, cap: 0 }, own: off }, { asked: { used: 3, cap: 10 } }, 'when-asked'],
  ['asked-none', { asked: { used: 0, cap: 0 }, own: { ...own, cap: 0 } }, { own }, 'only-by-itself'],
  ['only-by-itself', { asked: { used: 0, cap: 0 } }, { own: off }, 'asked-none'],
  ['all-caps-reached', { asked, own: used }, { asked: WELL.asked }, 'cap-reached'],
  ['all-caps-reached', { asked, own: used }, { own: { ...used, cap: 201 } }, 'asked-cap-reached'],
  ['asked-cap-reached', { asked }, { asked: { used: 200, cap: 201 } }, 'by-itself'],
  ['cap-reached', { own: used }, { own: { ...used, cap: 500 } }, 'by-itself'],
  ['cap-reached', { own: used }, { own: { ...used, isOn: false } }, 'when-asked'],
  ['cap-reached', { own: used }, { own: { ...used, hasWork: () => false } }, 'nothing-left'],
  ['unasked', { last: 'unknown' }, { last: 'well' }, 'by-itself'],
  ['unasked', { last: 'unknown', own: off }, { last: 'well' }, 'when-asked'],
  ['by-itself', {}, { own: off }, 'when-asked'],
  ['nothing-left', { own: { ...own, hasWork: () => false } }, { own }, 'by-itself'],
  ['when-asked', { own: off }, { own }, 'by-itself'],
  ['when-asked', { own: { ...own, cap: 0 } }, { own }, 'by-itself'],
];

describe('EurIA’s state', () => {
  it.each(CASES)('is %s by %j, and no more by %j', (code, made, ended, then) => {
    expect(euriaState({ ...WELL, ...made })).toMatchObject({ code });
    expect(euriaState({ ...WELL, ...made, ...ended })).toMatchObject({ code: then });
  });

  it('has a case for each', () =>
    expect(new Set(CASES.map(([code]) => code))).toEqual(new Set(EURIA.map(({ code }) => code))));

  it('is said to want a pause only where it asked for one', () => {
    for (const [, made] of CASES) {
      const facts = { ...WELL, ...made };
      const { code, trouble: serviceError } = euriaState(facts);
      expect(code === 'paused' || serviceError?.code === 'rate-limited').toBe(
        facts.pausedUntil !== null && code === 'paused',
      );
      expect(code === 'paused').toBe(serviceError?.code === 'rate-limited');
    }
  });

  it('gives what the service said only where something is wrong', () => {
    expect(euriaState({ ...WELL, last: failed('broken') })).toEqual({
      status: 'attention',
      code: 'last-failed',
      trouble: { code: 'broken' },
      detail: 'It said broken',
    });
    expect(euriaState({ ...WELL, last: failed('rate-limited') })).toEqual({ status: 'connected', code: 'by-itself' });
  });
});
