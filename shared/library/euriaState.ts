import type { ServiceState, ServiceError } from './household.ts';
import { firstState, rows } from './stateRow.ts';

interface Share {
  /** Texts of today. */
  used: number;
  /** Texts a day, at most. */
  cap: number;
}

/** What is known of EurIA at a moment. */
export interface EuriaFacts {
  hasAddress: boolean;
  hasKey: boolean;
  /** What came of the last request: what was wrong, `well`, or `unknown` before there was one. */
  last: 'unknown' | 'well' | { trouble: ServiceError; detail: string };
  /** Until when the service itself wants to be left alone, in seconds since the epoch; null when it does not. */
  pausedUntil: number | null;
  /** A text is being written at this moment. */
  isAsking: boolean;
  /** What people ask for. */
  asked: Share;
  /** What it writes by itself, where a person turned that on. */
  own: Share & { isOn: boolean; hasWork: () => boolean };
}

const isUsed = ({ used, cap }: Share): boolean => used >= cap;
const wrong = ({ last }: EuriaFacts) => (typeof last === 'object' ? last : null);
const isWrong =
  (...codes: readonly string[]) =>
  (facts: EuriaFacts) =>
    codes.includes(wrong(facts)?.trouble.code ?? '');
const said = (facts: EuriaFacts): ServiceError => wrong(facts)!.trouble;
/** A cap of none is no writing by itself at all. */
const writesByItself = ({ own }: EuriaFacts): boolean => own.isOn && own.cap > 0;
const hasWritten = (facts: EuriaFacts): boolean => writesByItself(facts) && isUsed(facts.own) && facts.own.hasWork();

/** Every state, the first that holds counts: what a person must see to, then what the service wants, then what the day still allows. */
export const EURIA = rows<EuriaFacts>()([
  { code: 'not-configured', status: 'off', when: ({ hasAddress }) => !hasAddress },
  {
    code: 'no-key',
    status: 'attention',
    when: (facts) => !facts.hasKey && isWrong('refused')(facts),
    trouble: () => ({ code: 'no-key' }),
  },
  { code: 'refused', status: 'attention', when: isWrong('refused'), trouble: said },
  {
    code: 'must-be-seen-to',
    status: 'attention',
    when: isWrong('missing-scope', 'no-credit', 'model-unknown', 'wrong-address'),
    trouble: said,
  },
  {
    code: 'paused',
    status: 'attention',
    when: ({ pausedUntil }) => pausedUntil !== null,
    trouble: ({ pausedUntil }) => ({ code: 'rate-limited', values: { until: pausedUntil! } }),
  },
  { code: 'writing', status: 'connected', when: ({ isAsking }) => isAsking },
  // A pause that is over is nothing wrong any more.
  {
    code: 'last-failed',
    status: 'attention',
    when: (facts) => wrong(facts) !== null && !isWrong('rate-limited', 'cap-reached')(facts),
    trouble: said,
  },
  { code: 'asked-none', status: 'connected', when: (facts) => facts.asked.cap === 0 && !writesByItself(facts) },
  { code: 'only-by-itself', status: 'connected', when: ({ asked }) => asked.cap === 0 },
  { code: 'all-caps-reached', status: 'connected', when: (facts) => isUsed(facts.asked) && hasWritten(facts) },
  {
    code: 'asked-cap-reached',
    status: 'connected',
    when: ({ asked }) => isUsed(asked),
    trouble: ({ asked }) => ({ code: 'cap-reached', values: { cap: asked.cap } }),
  },
  {
    code: 'cap-reached',
    status: 'connected',
    when: hasWritten,
    trouble: ({ own }) => ({ code: 'cap-reached', values: { cap: own.cap } }),
  },
  { code: 'unasked', status: 'connected', when: ({ last }) => last === 'unknown' },
  { code: 'by-itself', status: 'connected', when: (facts) => writesByItself(facts) && facts.own.hasWork() },
  { code: 'nothing-left', status: 'connected', when: writesByItself },
  { code: 'when-asked', status: 'connected', when: () => true },
]);

/** EurIA's state in the terms of the Settings page, with what the service itself said of what is wrong. */
export function euriaState(
  facts: EuriaFacts,
): Pick<ServiceState, 'status' | 'trouble' | 'detail'> & { code: (typeof EURIA)[number]['code'] } {
  const state = firstState(EURIA, facts);
  const detail = state.status === 'attention' ? wrong(facts)?.detail : undefined;
  return { ...state, ...(detail !== undefined && { detail }) };
}
