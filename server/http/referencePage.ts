import type * as v from 'valibot';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describeLimits } from './body.ts';
import { ANY_QUERY, API_BASE, bodyLimits, type Route } from './route.ts';
import { describedError, errorsByStatus } from './routeErrors.ts';

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const shape = (schema: v.GenericSchema, typeMode: 'input' | 'output') => {
  const { $schema: _, ...json } = toJsonSchema(schema, { errorMode: 'ignore', typeMode });
  return escape(JSON.stringify(json, null, 1));
};
const details = (title: string, schema: v.GenericSchema | undefined, mode: 'input' | 'output') =>
  schema ? `<details><summary>${title}</summary><pre>${shape(schema, mode)}</pre></details>` : '';
const errors = (route: Route) =>
  `<details><summary>Errors</summary><ul>${errorsByStatus(route)
    .flatMap(([status, codes]) =>
      codes.map((code) => `<li>${status} <code>${code}</code> ${escape(describedError(code))}</li>`),
    )
    .join('')}</ul></details>`;
const answers = (route: Route) =>
  Object.entries(route.answers)
    .map(([status, answer]) => (answer.kind === 'schema' ? details(`Answer ${status}`, answer, 'output') : ''))
    .join('');
const names = (title: string, entries: v.ObjectEntries | undefined) =>
  entries
    ? `<p>${title}: ${Object.keys(entries)
        .map((name) => `<code>${escape(name)}</code>`)
        .join(', ')}</p>`
    : '';

/** The API's reference as one page without scripts, made from the routes themselves. */
export function referencePage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const sections = tags.map((tag) => {
    const entries = routes
      .filter((route) => route.tag === tag)
      .map(
        (route) => `<article>
<h3><code>${route.method.toUpperCase()} ${API_BASE}${escape(route.path)}</code></h3><p>${escape(route.summary)}</p>${route.anyQuery ? `<p>${ANY_QUERY}</p>` : ''}
${names('In the path', route.params)}${names('In the query', route.query)}
${errors(route)}
${details(`Body: ${describeLimits(bodyLimits(route))}`, route.body, 'input')}${answers(route)}</article>`,
      );
    return `<section><h2>${escape(tag)}</h2>${entries.join('')}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>AIME ${version}: HTTP reference</title>
<style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:2rem auto;padding:0 1rem}h3{margin:1.5rem 0 0;font-size:1rem}article{border-top:1px solid color-mix(in srgb,currentColor 25%,transparent)}pre{overflow:auto;font-size:.8rem}</style>
<h1>AIME ${version}</h1><p>Lists answer <code>{items, total, page, pageSize, pages}</code>; errors answer <code>{error: {kind, code, message, field?, params?}}</code>.
The same as <a href="${API_BASE}/openapi.json">OpenAPI</a>.</p>${sections.join('')}</html>`;
}
