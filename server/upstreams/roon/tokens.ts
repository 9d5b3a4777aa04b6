import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { readJson } from '#shared/text/json.ts';
import type { Log } from '#server/kit/log.ts';

/** Where each Core's token is stored: with it a Core approves us again without asking anybody. */
export interface TokenStore {
  get(coreId: string): Promise<string | null> | string | null;
  set(coreId: string, token: string): Promise<void> | void;
}

const tokensFile = v.record(v.string(), v.string());

/**
 * Tokens in a JSON file that only this user may read. A file that cannot be read as such costs the approvals, which a
 * person can give again, and is replaced at the next one.
 */
export function fileTokenStore(path: string, log: Log): TokenStore {
  const load = async (): Promise<Record<string, string>> => {
    try {
      return v.parse(tokensFile, readJson(await readFile(path, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('roon.tokens.unreadable', { path, error });
      return {};
    }
  };
  return {
    async get(coreId) {
      const tokens = await load();
      return Object.hasOwn(tokens, coreId) ? tokens[coreId]! : null;
    },
    async set(coreId, token) {
      const tokens = new Map(Object.entries(await load())).set(coreId, token);
      await mkdir(dirname(path), { recursive: true });
      const fresh = `${path}.new`;
      await writeFile(fresh, JSON.stringify(Object.fromEntries(tokens)), { mode: 0o600 });
      // `mode` is ignored for a file left by an interrupted write.
      await chmod(fresh, 0o600);
      await rename(fresh, path);
    },
  };
}
