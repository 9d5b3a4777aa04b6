import type { HealthCondition } from '#shared/sync/healthCondition.ts';
import { REFUSAL_CODES, type HouseholdDocument, type ServiceState } from '#shared/library/household.ts';
import { bytes, moment } from '$lib/i18n/format.svelte.ts';
import { lookUp, t } from '$lib/i18n/index.svelte.ts';

/** What this device knows of the server. */
export interface ServerFacts {
  household: Pick<HouseholdDocument, 'backup' | 'services' | 'timeZone'>;
  /** What the server reports while it is connected; nothing when it is not, since nobody knows whether it is still so. */
  reported: readonly HealthCondition[];
  /** Milliseconds. */
  now: number;
}

/** Something that a person should know of the server, in words. */
export interface ServerCondition {
  key: string;
  /** Beside the mark. */
  short: string;
  /** In a sentence. */
  long: string;
  /** What it means, or what can be done. */
  more: string;
  /** Where something can be done about it. */
  href?: '/settings#backups' | '/settings#connections' | '/settings#trackers';
}

/** What holds now, the gravest first: what nobody can save through, then backups, then services, then what only gets worse slowly. */
export function serverConditions({ household, reported, now }: ServerFacts): ServerCondition[] {
  const { timeZone, services } = household;
  const of = (code: string) => reported.find((condition) => condition.code === code);
  const unsaved = household.backup?.problem?.code;
  const lastfm = services.find(({ id }) => id === 'lastfm');
  const frozen =
    lastfm?.status === 'attention' && (isRefusing(lastfm) || needing(lastfm).length > 0 || lastfm.code === 'other-user')
      ? undefined
      : of('tracker-frozen');
  const low = of('disk-low');
  return [
    ...(['database-damaged', 'database-log-gone', 'disk-full', 'disk-failing', 'database-busy'] as const)
      .filter((code) => of(code))
      .map((code): ServerCondition => ({
        key: code,
        short: t(`condition.${code}.short`),
        long: t(`condition.${code}.long`),
        more: t(`condition.${code}.more`),
        ...(code === 'database-damaged' && { href: '/settings#backups' }),
      })),
    ...(unsaved === undefined
      ? []
      : [
          {
            key: `backup-${unsaved}`,
            short: t(`condition.backup-${unsaved}.short`),
            long: t(`backup.problem.${unsaved}`),
            more: t(`backup.problemMore.${unsaved}`),
            href: '/settings#backups' as const,
          },
        ]),
    ...services.filter(isRefusing).map(({ id }): ServerCondition => {
      const service = t(`service.${id}`);
      return {
        key: `refused-${id}`,
        short: t('condition.service-refused.short', { service }),
        long: t('condition.service-refused.long', { service }),
        more: lookUp(`serviceError.${id}.refused`, { service }) ?? t('condition.service-refused.more'),
        href: '/settings#connections',
      };
    }),
    ...services.flatMap(needing),
    ...services
      .filter((service) => isSilent(service, now))
      .map(({ id }): ServerCondition => {
        const service = t(`service.${id}`);
        return {
          key: `silent-${id}`,
          short: t('condition.service-silent.short', { service }),
          long: t('condition.service-silent.long', { service }),
          more: t('condition.service-silent.more'),
          href: '/settings#connections',
        };
      }),
    ...(frozen?.since === undefined
      ? []
      : [
          {
            key: frozen.code,
            short: t('condition.tracker-frozen.short'),
            long: t('condition.tracker-frozen.long', { when: moment(frozen.since, timeZone, now) }),
            more: t('condition.tracker-frozen.more'),
            href: '/settings#trackers' as const,
          },
        ]),
    ...(low?.freeBytes === undefined
      ? []
      : [
          {
            key: low.code,
            short: t('condition.disk-low.short'),
            long: t('condition.disk-low.long'),
            more: t('condition.disk-low.more', { free: bytes(low.freeBytes) }),
          },
        ]),
  ];
}

/** What a service refuses for, where it says more than that. */
const REASONS: readonly string[] = REFUSAL_CODES;

/** Whether a service answers that AIME may not: a person has to do something. */
const isRefusing = ({ status, code, trouble: serviceError }: ServiceState): boolean =>
  status === 'attention' &&
  !REASONS.includes(serviceError?.code ?? '') &&
  (code === 'refused' || serviceError?.code === 'refused');

/** Seconds: what failed just now is tried again by then. */
const SILENT_AFTER = 60;
const NO_ANSWER: readonly string[] = ['unreachable', 'timeout', 'broken', 'resting'];

/**
 * Whether a service has not answered for so long that it is no single request any more: one that is retried automatically, and a Core that
 * was lost. Last.fm's polls are counted by the server, which reports them.
 */
function isSilent({ id, status, code, trouble: serviceError, since }: ServiceState, now: number): boolean {
  if (id === 'lastfm' || status !== 'attention' || since === undefined || now / 1000 - since < SILENT_AFTER)
    return false;
  return code === 'lost' || (code === 'failing' && NO_ANSWER.includes(serviceError?.code ?? ''));
}

/** What a service wants of a person before it can be used, though it refuses nothing. */
const WANTED = ['no-key', 'missing-scope', 'no-credit', 'wrong-address', 'model-unknown', ...REASONS];

function needing({ id, status, trouble: serviceError }: ServiceState): ServerCondition[] {
  if (status !== 'attention' || serviceError === undefined || !WANTED.includes(serviceError.code)) return [];
  const service = t(`service.${id}`);
  const more = lookUp(`serviceError.${serviceError.code}`, { ...serviceError.values, service }) ?? '';
  return [
    {
      key: `needs-${id}`,
      short: t('condition.service-needs.short', { service }),
      long: t('condition.service-needs.long', { service }),
      more,
      href: '/settings#connections',
    },
  ];
}

/** The mark's one sentence for all of them; undefined when there is nothing to report. */
export function conditionsMessage(conditions: readonly ServerCondition[]): { short: string; long: string } | undefined {
  const [first] = conditions;
  if (first === undefined) return undefined;
  const n = conditions.length - 1;
  return { short: first.short, long: n === 0 ? first.long : t('condition.andMore', { long: first.long, n }) };
}
