import * as v from 'valibot';
import { cut } from '#shared/text/cut.ts';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { RoonAnswer } from './connection.ts';
import { REGISTRY, registration } from './extension.ts';
import { roonFailure } from './failure.ts';
import type { RoonCore, SessionOptions } from './sessionContext.ts';

const coreBody = v.object({
  core_id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  display_name: v.fallback(v.pipe(v.string(), v.maxLength(500)), 'Roon Core'),
  display_version: v.fallback(v.pipe(v.string(), v.maxLength(500)), ''),
});
const registeredBody = v.object({ ...coreBody.entries, token: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)) });

export async function identify(options: Pick<SessionOptions, 'connection' | 'requestTimeoutMs'>): Promise<RoonCore> {
  const answer = await options.connection.ask(`${REGISTRY}/info`, undefined, options.requestTimeoutMs);
  const body = v.safeParse(coreBody, answer.body);
  if (answer.name !== 'Success' || !body.success) {
    throw roonFailure('malformed', 'The Roon Core did not say which Core it is');
  }
  return coreOf(body.output);
}

/**
 * Registers, and resolves when the Core has accepted: at once with a token it knows, otherwise when a person enables
 * AIME in Roon, however long that takes. Until then it asks now and then whether the Core still lives.
 */
export async function register(options: SessionOptions, core: RoonCore): Promise<void> {
  const { connection, tokens, events, log } = options;
  const token = await tokens.get(core.id);
  const accepted = new AbortController();
  const answer = requestRegistration(options, token ?? undefined).catch((error: unknown) => {
    // A token the Core has forgotten is as good as none.
    if (token === null || !(error instanceof UpstreamError) || error.kind !== 'refused') throw error;
    return requestRegistration(options, undefined);
  });
  const vigil = awaitApproval(options, core, token !== null, accepted.signal);
  const registered = await Promise.race([answer, vigil]).finally(() => accepted.abort());
  const body = v.safeParse(registeredBody, registered.body);
  if (!body.success) throw roonFailure('malformed', 'The Roon Core registered AIME without a token');
  const named = coreOf(body.output);
  if (body.output.token !== token) {
    try {
      await tokens.set(named.id, body.output.token);
    } catch (error) {
      log.error('roon.token.not-kept', { error });
    }
  }
  if (connection.ending.aborted) throw connection.ending.reason;
  options.services.paired(named.id);
  events.paired(named);
}

/** The registration lives as long as this request is open: its end means that somebody disabled AIME. */
function requestRegistration(options: SessionOptions, token: string | undefined): Promise<RoonAnswer> {
  const { connection } = options;
  return new Promise((resolve, reject) => {
    let registered = false;
    connection.open(`${REGISTRY}/register`, registration(options.version, token), {
      answered(answer) {
        if (!answer.final && answer.name === 'Registered') {
          registered = true;
          resolve(answer);
        } else if (registered && answer.final) {
          connection.close(
            roonFailure('refused', 'AIME was disabled in Roon; enable it again under Settings → Extensions'),
          );
        } else if (answer.final) {
          reject(roonFailure('refused', `Roon refused to register AIME (${cut(answer.name, 100)})`));
        }
      },
      failed: reject,
    });
  });
}

/** Never resolves. Rejects when the Core no longer answers anything. */
async function awaitApproval(
  options: SessionOptions,
  core: RoonCore,
  knowsUs: boolean,
  accepted: AbortSignal,
): Promise<never> {
  const { clock, connection, approvalNoticeMs, pollMs, events } = options;
  const signal = AbortSignal.any([accepted, connection.ending]);
  await clock.sleep(knowsUs ? approvalNoticeMs : 0, signal);
  events.awaitingApproval(core);
  // By hand: what fails here ends the registration, and the connection with it.
  for (;;) {
    await clock.sleep(pollMs, signal);
    await identify(options);
  }
}

const coreOf = (body: v.InferOutput<typeof coreBody>): RoonCore => ({
  id: body.core_id,
  name: body.display_name,
  version: body.display_version,
});
