import { ListenSources, measures, type ListenSource } from '#shared/journal/listen.ts';
import { listenUpstreams } from '#shared/upstreams/listens.ts';

const ofServices = (is: (source: string) => boolean): ListenSource[] =>
  ListenSources.filter((source) => listenUpstreams.has(source) && is(source));
const MEASURING = ofServices(measures);
const REPEATING = ofServices((source) => !measures(source));

/** How a source joins performers and composers in one line; undefined where it names performers only. */
export const creditsJoinedBy = (source: string): string | undefined => listenUpstreams.get(source)?.creditsJoinedBy;

/** Order of precedence for stamp, zone and length: who measures, then a person, who was there, then who repeats what a client sent. */
export const MEASURE_ORDER: readonly string[] = [...MEASURING, 'manual', ...REPEATING, 'import'];

/** Order of precedence for names: a person's, then those of performers only, at last those with composers beside them. */
export const NAME_ORDER: readonly string[] = [
  'manual',
  ...ofServices((source) => creditsJoinedBy(source) === undefined),
  'import',
  ...ofServices((source) => creditsJoinedBy(source) !== undefined),
];

/** The other sources that can have reported a listen besides the one that takes precedence, the likeliest first. */
export const furtherSources = (first: ListenSource): readonly ListenSource[] =>
  [...REPEATING, 'import' as const, 'manual' as const, ...MEASURING].filter((source) => source !== first);
