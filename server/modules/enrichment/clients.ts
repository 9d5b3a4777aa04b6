import type { TextsId } from '#shared/upstreams/registry.ts';
import type { SettingKey } from '../../settings.ts';
import { createEuriaClient, type EuriaClient } from '../../upstreams/euria/index.ts';
import { isSettingOf } from '../../upstreams/registry.ts';
import type { ModuleContext } from '../module.ts';
import { clientOptions, type OnlyLookupId } from './lookups/lookup.ts';
import { createLookups, type Lookups } from './lookups/registry.ts';

/** Settings of which service and model EurIA's requests go to. */
export const EURIA_TARGET: readonly SettingKey[] = ['euria.url', 'euria.token', 'euria.model'];

/** The clients of the services that are only asked to fill gaps, for the settings as they are; null where one is not connected. */
export class LookupClients {
  readonly lookups: Lookups;
  readonly #context: ModuleContext;
  euria: EuriaClient | null = null;

  constructor(context: ModuleContext) {
    this.#context = context;
    this.lookups = createLookups(context);
  }

  /** Makes the clients anew that these settings are of; all of them where none are given. */
  connect(keys?: readonly SettingKey[]): void {
    for (const lookup of Object.values(this.lookups))
      if (!keys || keys.some((key) => isSettingOf(lookup.id, key))) lookup.connect();
    // It keeps the pause that the service asked for, and what it knows of its models, while the same one is asked.
    if (!keys || keys.some((key) => EURIA_TARGET.includes(key))) this.euria = this.#makeEuria();
  }

  of(id: OnlyLookupId | TextsId): { blockedUntil: number } | null {
    return id === 'euria' ? this.euria : this.lookups[id].client;
  }

  #makeEuria(): EuriaClient | null {
    const { config } = this.#context;
    const url = config.get('euria.url');
    if (!url) return null;
    return createEuriaClient({
      settings: { url, token: config.get('euria.token'), model: config.get('euria.model') },
      ...clientOptions(this.#context, 'euria'),
    });
  }
}
