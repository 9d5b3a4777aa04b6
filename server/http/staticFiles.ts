import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context, MiddlewareHandler } from 'hono';
import { byteRange } from './byteRange.ts';
import { namesVersion } from './entityTag.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The content security policy, and what else guards against XSS: SvelteKit's own start script is allowed by the hash in the page itself;
 * everything else comes from this server.
 */
const securityHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy':
    "frame-ancestors 'none'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'",
};

/**
 * Serves the built app: hashed files for ever, the rest revalidated, and the one page for every other address. A single range of a file
 * is answered as one, so that a download that broke off can go on; `if-range` holds the version and the encoding that it began with.
 *
 * Not by `serveStatic` of @hono/node-server: it answers no `if-none-match`, so that each revalidation would send the file again, and no
 * `if-range`, so that a range could be of another version; it takes `br;q=1` for another encoding than `br`, and it asks the disk
 * synchronously, while nobody else is answered.
 *
 * @param root the folder that holds index.html and _app/
 */
export function staticFiles(root: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { pathname } = new URL(c.req.url);
    const decoded = decodePath(pathname);
    const wanted = decoded ?? pathname;
    if (wanted === '/api' || wanted.startsWith('/api/')) return next();
    const file = await fileAt(root, wanted);
    if (!file && extname(wanted) !== '' && wanted.startsWith('/_app/')) return next();
    const found = file ?? (await fileAt(root, '/index.html'));
    if (!found) return next();

    const headers = new Headers(securityHeaders);
    headers.set('content-type', types[extname(found.path)] ?? 'application/octet-stream');
    headers.set(
      'cache-control',
      wanted.startsWith('/_app/immutable/') && file ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    const encoding = await compressed(found.path, c.req.header('accept-encoding') ?? '');
    // The bytes of another encoding are others: a range of one must not be put to the rest of another.
    const etag = `"${found.version}${encoding ? `-${encoding.name}` : ''}"`;
    headers.set('etag', etag);
    headers.set('vary', 'accept-encoding');
    if (namesVersion(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
    headers.set('accept-ranges', 'bytes');
    if (encoding) headers.set('content-encoding', encoding.name);
    if (c.req.method === 'HEAD') return new Response(null, { headers, status: decoded === null ? 404 : 200 });
    const body = await readFile(encoding?.path ?? found.path);
    // Where an address cannot even be read there is nothing; the one page says so to a person.
    return decoded === null ? new Response(body, { headers, status: 404 }) : answer(c, body, headers, etag);
  };
}

/** The file, or the range of it that was asked for. */
function answer(c: Context, body: Buffer<ArrayBuffer>, headers: Headers, etag: string): Response {
  const ifRange = c.req.header('if-range') ?? etag;
  const range = ifRange === etag ? byteRange(c.req.header('range'), body.length) : null;
  if (range === null) return new Response(body, { headers });
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${body.length}`);
    headers.delete('content-encoding');
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = range;
  headers.set('content-range', `bytes ${first}-${last}/${body.length}`);
  return new Response(body.subarray(first, last + 1), { status: 206, headers });
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** @returns null where there is none, and for a path out of the folder (path traversal). */
async function fileAt(root: string, wanted: string): Promise<{ path: string; version: string } | null> {
  const path = normalize(join(root, wanted));
  if (wanted.includes('\0') || !path.startsWith(root + sep)) return null;
  const found = await stat(path).catch(() => null);
  return found?.isFile()
    ? { path, version: `${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}` }
    : null;
}

async function compressed(path: string, accepts: string): Promise<{ path: string; name: string } | null> {
  for (const [name, ending] of [
    ['br', '.br'],
    ['gzip', '.gz'],
  ] as const) {
    if (accepts.includes(name) && (await stat(path + ending).catch(() => null))) return { path: path + ending, name };
  }
  return null;
}
