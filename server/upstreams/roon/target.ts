import { chooseCore, type ChoiceOptions } from './chooseCore.ts';
import { searchCores, type DiscoveryOptions } from './discovery.ts';
import type { RoonSettings } from './settings.ts';
import type { FoundCore } from './sood.ts';

/** Where to connect to. `core` is what the search knows of it; a configured address says nothing of who is there. */
export interface RoonTarget {
  host: string;
  port: number;
}

/** The port of current Cores, for one that cannot be asked (SOOD blocked by a firewall or a container's network). */
const USUAL_PORT = 9330;

export interface TargetOptions extends Omit<ChoiceOptions, 'search'> {
  settings: RoonSettings;
  discovery: DiscoveryOptions;
}

/** The configured address, or what the search finds; it takes as long as it takes for a Core to appear. */
export async function findTarget(options: TargetOptions, signal: AbortSignal): Promise<RoonTarget> {
  const { settings, discovery } = options;
  const { host } = settings;
  if (!host) {
    return chooseCore({ ...options, search: (onCore, until) => searchCores(discovery, onCore, until) }, signal);
  }
  return { host, port: settings.port ?? (await askPort(host, options, signal)) };
}

async function askPort(host: string, options: TargetOptions, signal: AbortSignal): Promise<number> {
  const { clock, discovery, settleMs } = options;
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const patience = clock.sleep(settleMs, until).then(() => enough.abort());
  const found: FoundCore[] = [];
  const onCore = (core: FoundCore) => {
    found.push(core);
    enough.abort();
  };
  await searchCores({ ...discovery, host }, onCore, until);
  await patience.catch(() => undefined);
  signal.throwIfAborted();
  return found[0]?.port ?? USUAL_PORT;
}
