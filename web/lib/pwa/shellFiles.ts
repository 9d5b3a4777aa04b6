import type { OwnFiles } from './ownFiles.ts';

/** A page asks its worker how many of the app's files are here; what is missing is fetched again first. */
export const COUNT_SHELL = 'COUNT_SHELL';
export interface ShellCount {
  here: number;
  of: number;
}

type ShellCache = Pick<Cache, 'keys' | 'put'>;

/** Which of the app's files are not in the cache, by the addresses under which they are stored there. */
async function missing(addresses: readonly string[], cache: ShellCache): Promise<string[]> {
  const here = new Set((await cache.keys()).map(({ url }) => url));
  return addresses.filter((address) => !here.has(address));
}

/**
 * Counts the app's files on this device. One that is gone from the cache is fetched again, where the server answers and the file is
 * what the build made.
 *
 * @param addresses under which they are stored. @param mend false while they are being installed: they are on their way then.
 */
export async function countShell(
  addresses: readonly string[],
  cache: ShellCache,
  own: OwnFiles,
  ask: (url: string) => Promise<Response>,
  mend: boolean,
): Promise<ShellCount> {
  let gone = await missing(addresses, cache);
  if (mend && gone.length > 0) {
    await Promise.allSettled(
      gone.map(async (address) => {
        const response = await own.cacheWillUpdate({ request: new Request(address), response: await ask(address) });
        if (response) await cache.put(address, response);
      }),
    );
    gone = await missing(addresses, cache);
  }
  return { here: addresses.length - gone.length, of: addresses.length };
}
