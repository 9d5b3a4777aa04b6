import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretFiles } from './pack.ts';

type Tree = Record<string, unknown>;

/** Completes the secrets of a backup by those this machine has: where both have one, the machine's own is the newer. */
export function mergeSecrets(stage: string, places: { dataDir: string; configDir: string }): void {
  for (const { path, name } of secretFiles(places)) {
    const incoming = join(stage, name);
    if (!existsSync(incoming) || !existsSync(path)) continue;
    writeFileSync(incoming, `${JSON.stringify(over(treeIn(incoming), treeIn(path)), null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
  }
}

function over(below: Tree, above: Tree): Tree {
  const merged: Tree = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const former = merged[key];
    merged[key] = isTree(value) && isTree(former) ? over(former, value) : value;
  }
  return merged;
}

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A file that cannot be read as JSON counts for nothing: it would not start the server either. */
function treeIn(path: string): Tree {
  try {
    const tree: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isTree(tree) ? tree : {};
  } catch {
    return {};
  }
}
