import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#server/config.ts';
import { openApp } from '#server/app.ts';
import { describeLimits, ORDINARY_BODY } from '#server/http/body.ts';
import { statusOf } from '#server/kit/http/httpError.ts';
import { answerSchema, type JsonSchema } from '#server/http/jsonSchemas.ts';
import { openApi, type Operation } from '#server/http/openapi.ts';
import { ANY_QUERY, API_BASE, bodyLimits, type Route } from '#server/http/route.ts';
import { systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { VERSION } from '#server/version.ts';
import { answersOf } from '#shared/api/contract.ts';
import { errorCodes } from '#shared/errors/errorCodes.ts';
import { DEEPEST } from '#shared/text/json.ts';
import { defaultOf, fieldTable, limitsOf, table, typeOf } from './schemaTables.ts';

/** The reference of the API as Markdown, made from the routes of a server on an empty library. */
export async function apiReference(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'aime-api-docs-'));
  const app = await openApp({
    config: loadConfig({ AIME_DATA_DIR: home, AIME_CONFIG_DIR: home }),
    log: silentLog,
    clock: systemClock,
  });
  try {
    return reference(app.routes);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function reference(routes: readonly Route[]): string {
  const { paths, components } = openApi(routes, VERSION);
  const sections = [...new Set(routes.map(({ tag }) => tag))].map((tag) => {
    const entries = routes
      .filter((route) => route.tag === tag)
      .map((route) => entry(route, paths[pathIn(route)]![route.method]!));
    return `## ${tag}\n\n${entries.join('\n\n')}`;
  });
  const shapes = Object.entries(components.schemas)
    .filter(([name]) => name !== 'Error')
    .map(([name, schema]) => `### ${name}\n\n${fieldTable(schema, 'answered')}`);
  return `# HTTP reference

Version ${VERSION}. Made by \`npm run api-docs\` from the schemas that validate the requests; a running server serves the same at
\`${API_BASE}/docs\` and as OpenAPI at \`${API_BASE}/openapi.json\`.

Lists answer \`{items, total, page, pageSize, pages}\`. Errors answer \`{error: {kind, code, message, field?, params?}}\`:
\`code\` is one of the cases below, \`params\` what its sentence names, \`field\` what was wrong with the request. 400 a bad value, 401 without credentials, 404 for what is not there, 409 for what contradicts the present state, 413 for a body that is
too large, 426 for a client that is too old. Times are seconds since the epoch. An answer with an ETag is
asked for again with \`If-None-Match\`: 304 while it is the same. With \`AIME_TOKEN\` set, send
\`Authorization: Bearer …\` or the cookie that \`POST ${API_BASE}/session\` sets.

A name that an operation does not know, in the query or in the body, is refused with \`unknown-field\`; one that takes neither is given neither.
\`/health\`, \`/health/live\`, \`/health/ready\` and \`/metrics\` pass over what a probe puts behind their address.

A body holds, if a route says nothing else: ${describeLimits(ORDINARY_BODY)}. It may be nested ${DEEPEST} levels deep.

A whole number goes up to what JavaScript holds exactly where no limit is named.

${sections.join('\n\n')}

## Shapes

What answers are made of and what is named above.

${shapes.join('\n\n')}

## Errors

Any operation may be answered with those of its kind: a value or a name that is not known, a body that cannot be read, missing
credentials, a library that cannot be written to. OpenAPI names all of each operation's.

| Status | Kind | Code | Message |
| --- | --- | --- | --- |
${Object.entries(errorCodes)
  .map(([code, [kind, message]]) => `| ${statusOf[kind]} | ${kind} | \`${code}\` | ${message} |`)
  .join('\n')}
`;
}

const pathIn = ({ path }: Route) => (API_BASE + path).replaceAll(/:(\w+)/g, '{$1}');

function entry(route: Route, { parameters = [], requestBody, responses }: Operation): string {
  const lines = [`### ${route.method.toUpperCase()} ${API_BASE}${route.path}`, `${route.summary}.`];
  if (route.anyQuery) lines.push(ANY_QUERY);
  if (parameters.length > 0)
    lines.push(
      table(
        ['Parameter', 'In', 'Type', 'Limits', 'Default'],
        parameters.map(({ name, in: place, schema, required }) => [
          `\`${name}\``,
          place,
          typeOf(schema),
          limitsOf(schema),
          defaultOf(schema, required),
        ]),
      ),
    );
  if (requestBody) lines.push(`The body:`, fieldTable(requestBody.content['application/json']!.schema, 'sent'));
  if (route.largeBody) lines.push(`The body holds ${describeLimits(bodyLimits(route))}.`);
  for (const [status, answer] of Object.entries(answersOf(route))) {
    const types = Object.keys(responses[status]?.content ?? {});
    if (answer.kind === 'empty') lines.push(`Answers ${status} without a body.`);
    else if (answer.kind === 'file') lines.push(`Answers ${status} with a file: ${types.join(', ')}.`);
    else lines.push(...answered(status, answerSchema(answer)));
  }
  const own = route.errors ?? [];
  if (own.length > 0) lines.push(`Errors of its own: ${own.map((code) => `\`${code}\``).join(', ')}.`);
  if (route.open) lines.push('Needs no credentials.');
  return lines.join('\n\n');
}

const answered = (status: string, schema: JsonSchema): string[] =>
  schema.properties === undefined
    ? [`Answers ${status} with ${typeOf(schema)}.`]
    : [`Answers ${status} with:`, fieldTable(schema, 'answered')];
