import type { CoreRequest } from './connection.ts';

/** What the Core knows us by. Another extension_id would lose every approval ever given. */
const EXTENSION = {
  extension_id: 'com.aime.journal',
  display_name: 'AIME',
  publisher: 'AIME',
  email: 'aime@localhost',
} as const;

const PING = 'com.roonlabs.ping:1';
const PAIRING = 'com.roonlabs.pairing:1';
export const TRANSPORT = 'com.roonlabs.transport:2';
export const BROWSE = 'com.roonlabs.browse:1';
export const REGISTRY = 'com.roonlabs.registry:1';

/** The body of `register`. @param token the Core's own, from an earlier approval. */
export function registration(version: string, token: string | undefined) {
  return {
    ...EXTENSION,
    display_version: version,
    required_services: [TRANSPORT],
    optional_services: [BROWSE],
    provided_services: [PAIRING, PING],
    ...(token === undefined ? {} : { token }),
  };
}

/**
 * The services a Core may ask of us: it pings, and its settings page shows and changes whom we are paired with.
 * One Core is served at a time, so the Core that asks is the one we are paired with as soon as it registered us.
 */
export class ProvidedServices {
  readonly #subscribers = new Map<string, CoreRequest>();
  #pairedCoreId: string | null = null;

  /** Notifies every subscriber of whom we are paired with now. */
  paired(coreId: string): void {
    if (this.#pairedCoreId === coreId) return;
    this.#pairedCoreId = coreId;
    for (const request of this.#subscribers.values()) request.continue('Changed', this.#pairing());
  }

  answer(request: CoreRequest): void {
    const key = subscriptionKey(request.body);
    switch (`${request.service}/${request.method}`) {
      case `${PING}/ping`:
      case `${PAIRING}/pair`:
        return request.complete('Success');
      case `${PAIRING}/get_pairing`:
        return request.complete('Success', this.#pairing());
      case `${PAIRING}/subscribe_pairing`:
        this.#subscribers.set(key, request);
        return request.continue('Subscribed', this.#pairing());
      case `${PAIRING}/unsubscribe_pairing`:
        this.#subscribers.delete(key);
        return request.complete('Unsubscribed');
      default:
        return request.complete('InvalidRequest', {
          error: `unknown request name (${request.service}) : ${request.method}`,
        });
    }
  }

  #pairing() {
    return this.#pairedCoreId === null ? {} : { paired_core_id: this.#pairedCoreId };
  }
}

function subscriptionKey(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('subscription_key' in body)) return '';
  const key = body.subscription_key;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
}
