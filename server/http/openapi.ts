import * as v from 'valibot';
import { errorCodes, type ErrorCode } from '#shared/errors/errorCodes.ts';
import { answersOf, type AnswerSchema } from '#shared/api/contract.ts';
import { ErrorAnswer } from '#shared/errors/errors.ts';
import { describeLimits } from './body.ts';
import { answerSchema, componentsOf, inputSchema, parameterSchema, type JsonSchema } from './jsonSchemas.ts';
import { ANY_QUERY, API_BASE, bodyLimits, type Route } from './route.ts';
import { describedError, errorsByStatus } from './routeErrors.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: JsonSchema;
}
interface Response {
  description: string;
  content?: Record<string, { schema?: JsonSchema }>;
}
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: [];
  parameters?: Parameter[];
  requestBody?: { required: boolean; description: string; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, Response>;
}
/** The OpenAPI 3.1 document, as far as it is looked into. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: object[];
  paths: Record<string, Partial<Record<Route['method'], Operation>>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, object> };
}

const DONE: Record<number, string> = {
  200: 'The answer',
  201: 'Made',
  202: 'It goes on in the background',
  204: 'Done',
  304: 'Not changed',
};

function doneAnswer(status: number, answer: AnswerSchema): Response {
  const description = DONE[status] ?? 'The answer, with a status that says how it is';
  if (answer.kind === 'empty') return { description };
  if (answer.kind === 'schema')
    return { description, content: { 'application/json': { schema: answerSchema(answer) } } };
  const content = answer.contentTypes.map((type) => [
    type,
    /^text|json|xml/.test(type) ? { schema: { type: 'string' } } : {},
  ]);
  return { description, content: Object.fromEntries(content) as NonNullable<Response['content']> };
}

/** The answers of one status: which cases they are of, each in words. */
const errorAnswer = (codes: readonly ErrorCode[], more = ''): Response => ({
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

/** A status that is an answer in one case and an error in another. */
function either(one: Response, other: Response | undefined): Response {
  if (other === undefined) return one;
  const shapes = [one, other].flatMap(({ content }) => content?.['application/json']?.schema ?? []);
  return {
    description: `${one.description}\n${other.description}`,
    content: { 'application/json': { schema: { anyOf: shapes } } },
  };
}

function responsesOf(route: Route): Operation['responses'] {
  const errors: Operation['responses'] = Object.fromEntries(
    errorsByStatus(route).map(([status, codes]) => [
      status,
      errorAnswer(codes, status === 413 ? `The body may hold ${describeLimits(bodyLimits(route))}.` : ''),
    ]),
  );
  const answers = Object.entries(answersOf(route)).map(([status, answer]) => [
    status,
    either(doneAnswer(Number(status), answer), errors[status]),
  ]);
  return { ...errors, ...(Object.fromEntries(answers) as Operation['responses']) };
}

const parametersOf = (place: Parameter['in'], entries: v.ObjectEntries = {}): Parameter[] =>
  Object.entries(entries).map(([name, entry]) => {
    const schema = entry;
    return { name, in: place, required: !schema.type.includes('optional'), schema: parameterSchema(schema) };
  });

function operationOf(route: Route): Operation {
  const parameters = [...parametersOf('path', route.params), ...parametersOf('query', route.query)];
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.anyQuery ? { description: ANY_QUERY } : {}),
    ...(route.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body && {
      requestBody: {
        required: !v.is(route.body, {}),
        description: `It may hold ${describeLimits(bodyLimits(route))}.`,
        content: { 'application/json': { schema: inputSchema(route.body) } },
      },
    }),
    responses: responsesOf(route),
  };
}

/** An error's body, with every case there is. */
const errorSchema = () => {
  const { error } = ErrorAnswer.entries;
  return answerSchema(v.object({ error: v.object({ ...error.entries, code: v.picklist(Object.keys(errorCodes)) }) }));
};

/** The OpenAPI 3.1 document of these routes, made from the very schemas that validate them. */
export function openApi(routes: readonly Route[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const path = (API_BASE + route.path).replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AIME', version, description: 'The HTTP interface of an AIME home server.' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema(), ...componentsOf(paths) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'aime_session' },
      },
    },
  };
}
