import * as v from 'valibot';
import { UpstreamError, type UpstreamErrorDetails } from '#server/kit/http/upstreamError.ts';
import { jsonIfAny, looseList, looseText, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import type { Redacted } from '#server/kit/redacted.ts';
import { EURIA } from './settings.ts';
import type { Completion } from './schema.ts';

/** The service does not take the model's name: it never did, or the model was withdrawn. A person must choose another. */
export class ModelUnknownError extends UpstreamError {
  readonly model: string;
  /** The names the service lists; empty when it lists none. */
  readonly allowedModels: readonly string[];

  constructor(model: string, allowedModels: readonly string[], status?: number) {
    super({
      upstream: EURIA,
      kind: 'bad-request',
      code: 'model-unknown',
      values: { model: upstreamMessage(model) },
      message: `EurIA does not offer the model "${upstreamMessage(model)}"`,
      ...(status !== undefined && { status }),
    });
    this.model = model;
    this.allowedModels = allowedModels;
  }
}

/** What an error body says, whichever of the known shapes it has. */
interface Complaint {
  code: string;
  detail: string;
  /** The parameter it is about. */
  about: string;
  allowed: string[];
}

const Field = v.object({
  description: v.optional(looseText, ''),
  context: v.fallback(
    v.object({ attribute: v.optional(looseText, ''), values: v.optional(looseList(v.string()), []) }),
    { attribute: '', values: [] },
  ),
});

/** Infomaniak's own envelope. */
const Envelope = v.pipe(
  v.object({
    result: v.literal('error'),
    error: v.object({
      code: v.optional(looseText, ''),
      description: v.optional(looseText, ''),
      errors: v.optional(looseList(Field), []),
    }),
  }),
  v.transform(({ error }): Complaint => {
    const field = error.errors[0];
    const detail = [error.description, ...error.errors.map(({ description }) => description)]
      .filter((text) => text !== '')
      .join(': ');
    return { code: error.code, detail, about: field?.context.attribute ?? '', allowed: field?.context.values ?? [] };
  }),
);

/** OpenAI's, vLLM's (the same without the outer object) and the plain sentence that some local servers send. */
const Inner = v.object({
  message: v.pipe(looseText, v.nonEmpty()),
  code: v.optional(looseText, ''),
  param: v.optional(looseText, ''),
});
const toComplaint = ({ message, code, param }: v.InferOutput<typeof Inner>): Complaint => ({
  code,
  detail: message,
  about: param,
  allowed: [],
});
const plain = (detail: string): Complaint => ({ code: '', detail, about: '', allowed: [] });

const ErrorBody = v.union([
  Envelope,
  v.pipe(
    v.object({ error: Inner }),
    v.transform(({ error }) => toComplaint(error)),
  ),
  v.pipe(
    v.object({ error: v.string() }),
    v.transform(({ error }) => plain(error)),
  ),
  v.pipe(
    v.object({ detail: v.string() }),
    v.transform(({ detail }) => plain(detail)),
  ),
  v.pipe(Inner, v.transform(toComplaint)),
]);

/** The error a body reports; null when it is an answer. `result: "error"` may come with status 200. */
export function complaintIn(status: number, body: unknown): Complaint | null {
  const read = v.safeParse(ErrorBody, body);
  if (read.success && (status >= 400 || !(typeof body === 'object' && body !== null && 'choices' in body)))
    return read.output;
  return status >= 400 ? plain('') : null;
}

const MODEL_GONE =
  /\bmodel\b.*(?:not (?:found|exist|available|supported|valid)|does not exist|unknown|invalid|withdrawn|retired|deprecated|no longer)/is;

/** The same words about a feature of the model are no word about its name. */
const ABOUT_A_FEATURE = /response_format|schema|reasoning|max_\w*tokens|temperature/i;

/** @param asked the model's name in the request. */
export function errorFor(status: number, text: string, asked: string, token?: Redacted): UpstreamError {
  const complaint = complaintIn(status, jsonIfAny(text)) ?? plain('');
  const { code, about, allowed } = complaint;
  const detail = upstreamMessage(complaint.detail, [token]);
  const say = (details: Pick<UpstreamErrorDetails, 'kind' | 'message'> & { code?: string }) =>
    new UpstreamError({ upstream: EURIA, status, ...details });
  if (/scope_token|ai_tools_scope/i.test(`${code} ${detail}`)) {
    return say({
      kind: 'refused',
      code: 'missing-scope',
      message: 'The EurIA token lacks the right to use AI Tools (scope "ai-tools")',
    });
  }
  if (status === 401 || status === 403)
    return say({ kind: 'refused', code: 'bad-token', message: said('EurIA refused the token', detail) });
  if (status === 402 || code === 'insufficient_quota')
    return say({ kind: 'refused', code: 'no-credit', message: said('EurIA wants to be paid first', detail) });
  if (about === 'model' || code === 'model_not_found' || (MODEL_GONE.test(detail) && !ABOUT_A_FEATURE.test(detail)))
    return new ModelUnknownError(
      asked,
      allowed.map((name) => upstreamMessage(name)),
      status,
    );
  if (code === 'method_not_found' || status === 404 || status === 405) {
    return say({
      kind: 'bad-request',
      code: 'wrong-address',
      message: said('EurIA knows nothing at the address that is set', detail),
    });
  }
  if (status >= 500)
    return say({ kind: 'broken', message: said(`EurIA has a problem of its own (${status})`, detail) });
  return say({ kind: 'bad-request', message: said(`EurIA did not accept the request (${status})`, detail) });
}

const said = (what: string, detail: string) => (detail === '' ? what : `${what}: ${detail}`);

/** The error of an answer without words: the model will not, may not, or only thought. A refusal is reported in its own words. */
export function unanswered(
  { refusal, thought, finishReason }: Pick<Completion, 'refusal' | 'thought' | 'finishReason'>,
  token?: Redacted,
): UpstreamError {
  const detail = upstreamMessage(refusal, [token]);
  // Asked again it would say the same.
  if (detail !== '')
    return new UpstreamError({
      upstream: EURIA,
      kind: 'bad-request',
      code: 'declined',
      values: { words: detail },
      message: `EurIA declined: ${detail}`,
    });
  if (finishReason === 'content_filter')
    return new UpstreamError({
      upstream: EURIA,
      kind: 'bad-request',
      code: 'withheld',
      message: 'EurIA wrote an answer that its service withheld',
    });
  const message = thought ? 'EurIA only thought, and wrote nothing within its limit' : 'EurIA wrote nothing';
  return new UpstreamError({ upstream: EURIA, kind: 'malformed', code: 'no-text', message });
}

/** The error of an answer that holds no object of the kind that was asked for: cut off, or in words of its own. */
export function withoutObject({
  quotable,
  json,
  finishReason,
}: {
  quotable: string;
  json?: unknown;
  finishReason: string | null;
}): UpstreamError {
  if (finishReason === 'length')
    return new UpstreamError({
      upstream: EURIA,
      kind: 'malformed',
      code: 'cut-off',
      message: 'EurIA was cut off at its limit before it had finished',
    });
  const message = 'EurIA answered without what was asked for';
  if (json !== undefined)
    return new UpstreamError({ upstream: EURIA, kind: 'malformed', code: 'not-as-asked', message });
  return new UpstreamError({
    upstream: EURIA,
    kind: 'malformed',
    code: 'other-words',
    values: { words: quotable },
    message: `${message}: ${quotable}`,
  });
}
