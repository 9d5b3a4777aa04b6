import { testDiscogs } from '#shared/api/discogs.ts';
import { testMusicBrainz, testSpotify } from '#shared/api/enrichment.ts';
import { testEuria } from '#shared/api/euria.ts';
import { testLastfm } from '#shared/api/lastfm.ts';
import { REFUSAL_CODES, type ServiceState, type ServiceError } from '#shared/library/household.ts';
import { sharedUpstreams, upstreamIds, type UpstreamId } from '#shared/upstreams/registry.ts';
import { UPSTREAM_KINDS } from '#shared/upstreams/upstream.ts';
import { moment } from '$lib/i18n/format.svelte.ts';
import { lookUp, t, type PlainKey } from '$lib/i18n/index.svelte.ts';
import { stateMessageKey } from './serviceMessages.ts';

/** A service that can be connected, with the settings that connect it. */
export interface Service {
  id: UpstreamId;
  fields: readonly { key: string; label: PlainKey; hint?: PlainKey; number?: boolean }[];
  /** Where a person gets the keys. */
  where?: string;
  /** Asks it once, with the settings as they are. */
  test?: (typeof TESTS)[keyof typeof TESTS];
}

/** What asks a service once, with the settings as they are, of those that can be asked so. */
const TESTS = {
  lastfm: testLastfm,
  discogs: testDiscogs,
  spotify: testSpotify,
  musicbrainz: testMusicBrainz,
  euria: testEuria,
} satisfies Partial<Record<UpstreamId, unknown>>;
const testOf = (id: UpstreamId) => (id in TESTS ? TESTS[id as keyof typeof TESTS] : undefined);

type Field = (typeof sharedUpstreams)[UpstreamId]['fields'][number];
/** Of a field that is explained. */
type Hint = Extract<Field, { hint: true }>;
const isExplained = (field: Field): field is Hint => 'hint' in field;

const fieldOf = (field: Field): Service['fields'][number] => ({
  key: field.setting,
  label: `field.${field.setting}`,
  ...(isExplained(field) && { hint: `hint.${field.setting}` }),
  ...('number' in field && { number: field.number }),
});

const serviceOf = (id: UpstreamId): Service => {
  const { fields, ...more } = sharedUpstreams[id];
  const test = testOf(id);
  return {
    id,
    fields: fields.map(fieldOf),
    ...('keysAt' in more && { where: more.keysAt }),
    ...(test && { test }),
  };
};

/** The card of every service, those of a kind together. */
export const services: readonly Service[] = UPSTREAM_KINDS.flatMap((kind) =>
  upstreamIds.filter((id) => sharedUpstreams[id].kind === kind).map(serviceOf),
);

const naming = (id: Service['id'], { values }: ServiceError) => ({ service: t(`service.${id}`), ...values });

/** What went wrong with a service, in the page's language; of what is not known only that something did. The original belongs beside it. */
export const serviceErrorMessage = (id: Service['id'], serviceError: ServiceError | null | undefined): string =>
  (serviceError &&
    (lookUp(`trouble.${id}.${serviceError.code}`, naming(id, serviceError)) ??
      lookUp(`trouble.${serviceError.code}`, naming(id, serviceError)))) ??
  t('trouble.other', { service: t(`service.${id}`) });

/** What a service or the server said of an error, word for word: shown under Details. */
export const originalOf = (state: ServiceState | undefined): string | undefined =>
  state?.status === 'attention' ? state.detail : undefined;

/** How a connection is, as a sentence a person understands. */
export function sentenceOf(id: Service['id'], state: ServiceState | undefined, timeZone: string, now: number): string {
  const purpose = t(`service.purpose.${id}`);
  if (!state) return t('state.off', { purpose });
  const values: Record<string, string> = { purpose };
  if (state.since !== undefined) values.when = moment(state.since, timeZone, now);
  if (state.account !== undefined) values.account = state.account;
  const words = stateMessageKey(id, state.code);
  const said = (words && lookUp(words, values)) ?? unnamed(state, purpose);
  // The state says it already: the same twice would be no more.
  const isMore = state.status === 'attention' && state.trouble && state.trouble.code !== state.code;
  // A refusal that says what it is for is not about the key.
  if (isMore && REFUSAL_CODES.some((reason) => reason === state.trouble?.code) && state.code === 'refused')
    return serviceErrorMessage(id, state.trouble);
  return isMore ? `${said} ${serviceErrorMessage(id, state.trouble)}` : said;
}

/** Of a state that only a newer server knows, what its status says. */
function unnamed({ status }: ServiceState, purpose: string): string {
  if (status === 'off') return t('state.off', { purpose });
  return status === 'attention' ? t('state.attention') : t('state.connected');
}
