import { serviceTestOf } from '#shared/api/services.ts';
import { REFUSAL_CODES, type ServiceState, type ServiceError } from '#shared/library/household.ts';
import { sharedUpstreams, testableIds, upstreamIds, type UpstreamId } from '#shared/upstreams/registry.ts';
import { UPSTREAM_KINDS, type UpstreamKind } from '#shared/upstreams/upstream.ts';
import { moment } from '$lib/i18n/format.svelte.ts';
import { lookUp, t, type PlainKey } from '$lib/i18n/index.svelte.ts';
import { stateMessageKey } from './serviceMessages.ts';

/** A service that can be connected, with the settings that connect it. */
export interface Service {
  id: UpstreamId;
  kind: UpstreamKind;
  fields: readonly { key: string; label: PlainKey; hint?: PlainKey; number?: boolean; atStart?: boolean }[];
  /** Where a person gets the keys. */
  where?: string;
  /** Asks it once, with the settings as they are. */
  test?: ReturnType<typeof serviceTestOf>;
  /** The setting by which it is asked at all. */
  switchedBy?: string;
}

type Field = (typeof sharedUpstreams)[UpstreamId]['fields'][number];
/** Of a field that is explained. */
type Hint = Extract<Field, { hint: true }>;
const isExplained = (field: Field): field is Hint => 'hint' in field;

const fieldOf = (field: Field): Service['fields'][number] => ({
  key: field.setting,
  label: `field.${field.setting}`,
  ...(isExplained(field) && { hint: `hint.${field.setting}` }),
  ...('number' in field && { number: field.number }),
  ...('atStart' in field && { atStart: field.atStart }),
});

const serviceOf = (id: UpstreamId): Service => {
  const { kind, fields, ...more } = sharedUpstreams[id];
  const testable = testableIds.find((each) => each === id);
  return {
    id,
    kind,
    fields: fields.map(fieldOf),
    ...('keysAt' in more && { where: more.keysAt }),
    ...(testable && { test: serviceTestOf(testable) }),
    ...('switchedBy' in more && { switchedBy: more.switchedBy }),
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
    (lookUp(`serviceError.${id}.${serviceError.code}`, naming(id, serviceError)) ??
      lookUp(`serviceError.${serviceError.code}`, naming(id, serviceError)))) ??
  t('serviceError.other', { service: t(`service.${id}`) });

/** What a service or the server said of an error, word for word: shown under Details. */
export const originalOf = (state: ServiceState | undefined): string | undefined =>
  state?.status === 'attention' ? state.detail : undefined;

/** How a connection is, as a sentence a person understands. */
export function sentenceOf(id: Service['id'], state: ServiceState | undefined, timeZone: string, now: number): string {
  const purpose = t(`service.purpose.${id}`);
  if (!state) return t('state.off', { purpose });
  const values: Record<string, string> = { purpose, service: t(`service.${id}`) };
  if (state.since !== undefined) values.when = moment(state.since, timeZone, now);
  if (state.account !== undefined) values.account = state.account;
  const key = stateMessageKey(id, state.code);
  const said = (key && lookUp(key, values)) ?? unnamed(state, purpose);
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
