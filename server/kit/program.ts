import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What `node` takes to run another program of this repository: as it was bundled, or from its source, which Node 20 needs a loader for.
 *
 * @param bundled below build/, as scripts/build.mjs names it. @param source below the repository.
 */
export function programArguments(bundled: string, source: string): string[] {
  if (!import.meta.url.endsWith('.ts')) return [join(import.meta.dirname, '..', bundled)];
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return ['--import', loader, join(import.meta.dirname, '..', '..', source)];
}
