import { toJsonSchema } from '@valibot/to-json-schema';
import { PlaylistDocument } from '#shared/library/playlist.ts';
import { MutationDocument } from '#shared/mutations/document.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { invented, type JsonSchema } from './inventedValues.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  schema: JsonSchema;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
}

/** One operation of the API, and what fits it. */
export interface ApiOperation {
  method: string;
  path: string;
  parameters: readonly Parameter[];
  body: JsonSchema | null;
}

/** What ends the server, to come back with another library or none, belongs to stress tests of its own. */
const LEFT_OUT = /\/recovery\/(?:restore|begin-anew)$|\/backups\/\{name\}\/restore$/;

/** Every operation of the server's own reference, but for those above. */
export async function apiOperations(server: RunningServer): Promise<ApiOperation[]> {
  const { paths } = await server.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
  return Object.entries(paths)
    .filter(([path]) => !LEFT_OUT.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: requestBody?.content['application/json'].schema ?? null,
      })),
    );
}

export interface InventedRequest {
  operation: ApiOperation;
  parameters: Record<string, unknown>;
  body: unknown;
}

const documentSchemas = [MutationDocument, PlaylistDocument].map(
  (schema) => toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }) as JsonSchema,
);

/** Jobs that a request may name and that are done in no time. */
const QUICK_JOBS = ['cleanup_old_tracks', 'compute_analytics', 'refresh_spotify_token'];

/** A request that fits its operation. A push holds documents of its collection's shape. */
export function inventedRequest(operation: ApiOperation, chance: SeededChance): InventedRequest {
  const parameters = Object.fromEntries(
    operation.parameters.map(({ name, schema }) => [name, invented(schema, chance)]),
  );
  if (/\/jobs\/\{id\}/.test(operation.path) && chance.happens(0.5)) parameters['id'] = chance.one(QUICK_JOBS);
  if (!operation.path.endsWith('/push'))
    return { operation, parameters, body: operation.body && invented(operation.body, chance) };
  const collection = chance.whole(0, 1);
  const rows = Array.from({ length: chance.whole(1, 3) }, () => ({
    newDocumentState: { ...(invented(documentSchemas[collection]!, chance) as object), _deleted: chance.happens(0.2) },
  }));
  return { operation, parameters: { ...parameters, collection: ['intents', 'playlists'][collection] }, body: rows };
}

/** Halves of characters cannot stand in an address: their bytes are sent instead. */
const encoded = (value: unknown): string =>
  encodeURIComponent(
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\p{Cs}/gu, '\ufffd'),
  ).replaceAll('%EF%BF%BD', '%ED%A0%BD');

/** @returns the answer's status; 0 when the connection broke. */
export async function sent(
  server: RunningServer,
  { operation: { method, path, parameters: known, body: takes }, parameters, body }: InventedRequest,
): Promise<number> {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(parameters[name]) || '%20');
  const query = known
    .filter(({ in: place, name }) => place === 'query' && name in parameters)
    .map(({ name }) => `${name}=${encoded(parameters[name])}`);
  // An address longer than 8 KB never reaches a route.
  const url = `${server.url}${address}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  if (url.length > 8_000) return 0;
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      ...(takes && method !== 'GET' ? { body: JSON.stringify(body) } : {}),
    });
    // A stream has no end.
    if (path.endsWith('/stream')) await answer.body?.cancel();
    else await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
