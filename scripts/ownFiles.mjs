import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What no service worker keeps: itself, its source maps, and the same files compressed. */
const LEFT_OUT = /^\/(?:own-files\.json|service-worker\.js)$|\.(?:br|gz|map)$/;

/** Lists the built pages' files with the SHA-256 of each beside them, by which the service worker recognises them. */
export function listOwnFiles(folder) {
  const { version } = JSON.parse(readFileSync(join(folder, '_app', 'version.json'), 'utf8'));
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  const files = paths
    .map((path) => [`/${path.replaceAll(sep, '/')}`, path])
    .filter(([url]) => !LEFT_OUT.test(url))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([url, path]) => [
      url,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('base64'),
    ]);
  writeFileSync(join(folder, 'own-files.json'), JSON.stringify({ version, files: Object.fromEntries(files) }));
}
