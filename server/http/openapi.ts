import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { errorCodes, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { AnswerSchema } from '#shared/api/contract.ts';
import { ErrorAnswer } from '#shared/api/errors.ts';
import { inWords } from './body.ts';
import { ANY_QUERY, API_BASE, bodyLimits, type Route } from './route.ts';
import { describedError, errorsByStatus } from './routeErrors.ts';

const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output') => {
  const { $schema: _, ...json } = toJsonSchema(schema, { errorMode: 'ignore', typeMode });
  return json;
};

function doneAnswer(answer: AnswerSchema) {
  if (answer.kind === 'empty') return { description: 'Done' };
  const types: readonly string[] = answer.kind === 'file' ? answer.contentTypes : ['application/json'];
  const schema = answer.kind === 'file' ? {} : { schema: schemaOf(answer, 'output') };
  return { description: 'Done', content: Object.fromEntries(types.map((type) => [type, schema])) };
}

/** The answers of one status: which cases they are of, each in words. */
const errorAnswer = (codes: readonly ErrorCode[], more = '') => ({
  description: [...codes.map((code) => `\`${code}\`: ${describedError(code)}.`), more]
    .filter((line) => line !== '')
    .join('\n'),
  content: {
    'application/json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Error' },
          { type: 'object', properties: { error: { type: 'object', properties: { code: { enum: codes } } } } },
        ],
      },
    },
  },
});

/** An error's body, with every case there is. */
const errorSchema = () => {
  const { error } = ErrorAnswer.entries;
  return schemaOf(
    v.object({ error: v.object({ ...error.entries, code: v.picklist(Object.keys(errorCodes)) }) }),
    'output',
  );
};

/** The OpenAPI 3.1 document of these routes, made from the very schemas that validate them. */
export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = (API_BASE + route.path).replaceAll(/:(\w+)/g, '{$1}');
    const parameters = [
      ...Object.entries(route.params ?? {}).map(([name, schema]) =>
        parameter('path', name, schema as v.GenericSchema, true),
      ),
      ...Object.entries(route.query ?? {}).map(([name, schema]) =>
        parameter('query', name, schema as v.GenericSchema, false),
      ),
    ];
    (paths[path] ??= {})[route.method] = {
      operationId: route.operationId,
      tags: [route.tag],
      summary: route.summary,
      ...(route.anyQuery ? { description: ANY_QUERY } : {}),
      ...(route.open ? { security: [] } : {}),
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(route.body
        ? { requestBody: { content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } }
        : {}),
      responses: {
        ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, doneAnswer(answer)])),
        ...Object.fromEntries(
          errorsByStatus(route).map(([status, codes]) => [
            status,
            errorAnswer(codes, status === 413 ? `The body may hold ${inWords(bodyLimits(route))}.` : ''),
          ]),
        ),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AIME', version, description: 'The HTTP interface of an AIME home server.' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema() },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'aime_session' },
      },
    },
  };
}

/** A whole number that comes as text is an integer to whoever reads the reference. */
function integerOf(schema: v.GenericSchema): Record<string, unknown> | null {
  const inner = 'wrapped' in schema ? (schema.wrapped as v.GenericSchema) : schema;
  const { minimum, maximum } = v.getMetadata(inner);
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return null;
  const fallback = 'default' in schema && schema.default !== undefined ? { default: Number(schema.default) } : {};
  return { type: 'integer', minimum, maximum, ...fallback };
}

function parameter(place: string, name: string, schema: v.GenericSchema, required: boolean) {
  return { name, in: place, required, schema: integerOf(schema) ?? schemaOf(schema, 'input') };
}
