import type { EuriaUsage } from '#shared/api/euria.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { euriaState, type EuriaFacts } from '#shared/library/euriaState.ts';
import type { WorkerState } from '../enrichment/worker.ts';
import { nowSeconds } from '../kit/clock.ts';
import { DailyCap, type DailyCapOptions } from '../kit/dailyCap.ts';
import { serviceErrorOf } from '../kit/http/upstreamError.ts';
import type { EuriaAccess, EuriaShare } from '../upstreams/euria/index.ts';
import type { ModuleContext } from './module.ts';
import type { ReportedState } from './serviceBoard.ts';
import { textLanguage } from './textLanguage.ts';

const texts = (most: number) => `The ${most} ${most === 1 ? 'text' : 'texts'}`;

type EuriaContext = Pick<ModuleContext, 'config' | 'library' | 'clock'>;

/** What EurIA may be asked for on one of the household's days: what people ask for, and what it writes by itself, each for itself. */
export function euriaShares({ config, library, clock }: EuriaContext): Record<EuriaShare, DailyCap> {
  const share = (state: string, own: Pick<DailyCapOptions, 'most' | 'isSpread' | 'sentence'>) =>
    new DailyCap({
      clock,
      upstream: 'EurIA',
      count: { get: () => library.states.get(state), set: (count) => library.states.set(state, count) },
      dayOf(seconds) {
        const calendar = createCalendar(library.household.get().timeZone);
        const day = calendar.dayNumber(seconds);
        return { start: calendar.dayStart(day), end: calendar.dayEnd(day) };
      },
      ...own,
    });
  return {
    own: share('euria-day', {
      most: () => config.get('euria.dailyCap'),
      isSpread: true,
      sentence: (most) =>
        most === 0
          ? 'Settings let EurIA write none by itself'
          : `${texts(most)} that EurIA may write by itself today ${most === 1 ? 'is' : 'are'} written; it goes on tomorrow`,
    }),
    asked: share('euria-asked-day', {
      most: () => config.get('euria.askedCap'),
      sentence: (most) =>
        most === 0
          ? 'EurIA may be asked for no text: Settings allow none a day'
          : `${texts(most)} that EurIA may be asked for today ${most === 1 ? 'was' : 'were'} asked for; it may be asked again tomorrow, or as soon as Settings allow more`,
    }),
  };
}

/** How EurIA is, for the Settings of every device. @param hasOwnWork whether there are records that it could write about by itself. */
export function euriaService(
  { config, clock }: EuriaContext,
  access: EuriaAccess,
  hasOwnWork: () => boolean,
): ReportedState {
  const { client, last, isAsking } = access;
  const pausedUntil = client ? Math.ceil(client.blockedUntil / 60_000) * 60 : 0;
  const wrong = last === null || last === 'well' ? null : last;
  const error = serviceErrorOf(wrong);
  const facts: EuriaFacts = {
    hasAddress: client !== null,
    hasKey: config.get('euria.token') !== undefined,
    last: wrong && error ? { trouble: error, detail: wrong.message } : last === null ? 'unknown' : 'well',
    pausedUntil: pausedUntil > nowSeconds(clock) ? pausedUntil : null,
    isAsking,
    asked: access.share('asked').usage(),
    own: { isOn: config.get('euria.background'), ...access.share('own').usage(), hasWork: hasOwnWork },
  };
  return { id: 'euria', ...euriaState(facts) };
}

/** Texts of today, by the household's calendar, of how many a day at most. @param worker the state of the worker that writes them. */
export function euriaUsage(
  context: ModuleContext,
  access: EuriaAccess,
  { state, blockedUntil }: WorkerState,
): EuriaUsage {
  const { config, library, clock } = context;
  const own = access.share('own');
  const mayBe = state !== 'off' && state !== 'refused' && own.usage().cap > 0;
  const pausedUntil = Math.ceil((access.client?.blockedUntil ?? 0) / 1000);
  return {
    ...own.usage(),
    isOn: config.get('euria.background'),
    next: mayBe ? Math.max(nowSeconds(clock) + own.waitSeconds(), blockedUntil ?? 0, pausedUntil) : null,
    asked: access.share('asked').usage(),
    withoutWords: library.facts.withoutAlbumText(textLanguage(context)),
  };
}
