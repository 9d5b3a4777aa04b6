import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { MiddlewareHandler } from 'hono';

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

/** SvelteKit's own start script is allowed by the hash in the page itself; everything else comes from this server. */
const securityHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'content-security-policy':
    "frame-ancestors 'none'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'",
};

/**
 * Serves the built app: hashed files for ever, the rest revalidated, and the one page for every other address.
 *
 * Not by `serveStatic` of @hono/node-server: it answers no `if-none-match`, so that each revalidation would send the file again, it takes
 * `br;q=1` for another encoding than `br`, and it asks the disk synchronously, while nobody else is answered.
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
    headers.set('etag', found.etag);
    headers.set('vary', 'accept-encoding');
    if (c.req.header('if-none-match') === found.etag) return new Response(null, { status: 304, headers });
    const encoding = await compressed(found.path, c.req.header('accept-encoding') ?? '');
    if (encoding) headers.set('content-encoding', encoding.name);
    const body = c.req.method === 'HEAD' ? null : await readFile(encoding?.path ?? found.path);
    // Where an address cannot even be read there is nothing; the one page says so to a person.
    return new Response(body, { headers, status: decoded === null ? 404 : 200 });
  };
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

async function fileAt(root: string, wanted: string): Promise<{ path: string; etag: string } | null> {
  const path = normalize(join(root, wanted));
  if (wanted.includes('\0') || !path.startsWith(root + sep)) return null;
  const found = await stat(path).catch(() => null);
  return found?.isFile()
    ? { path, etag: `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"` }
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
