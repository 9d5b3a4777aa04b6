import * as v from 'valibot';
import { expect, test } from 'vitest';
import { defineEndpoint, empty } from '#shared/api/contract.ts';
import { SERVICE_ERRORS, SETTING_ERRORS } from '#shared/api/errorGroups.ts';
import { errorCodes, type ErrorCode } from '#shared/errors/errorCodes.ts';
import { REFUSAL_CODES } from '#shared/library/household.ts';
import { UpstreamError, type UpstreamErrorKind } from '../kit/http/upstreamError.ts';
import { problemOf } from '../kit/problemOf.ts';
import { openApi } from './openapi.ts';
import { route } from './route.ts';
import { definitionOf, settingKeys } from '../settings.ts';
import { describedError, errorsOf } from './routeErrors.ts';

const endpoint = defineEndpoint({
  operationId: 'changeThing',
  method: 'put',
  path: '/things/:id',
  tag: 'Health',
  summary: 'Changes a thing',
  errors: ['unknown-album'],
  params: { id: v.string() },
  body: v.object({ a: v.number() }),
  answers: { 204: empty },
});

test('the reference names the cases of each status, the shape with all of them, and that a body holds nothing else', () => {
  const { paths, components } = openApi([route(endpoint, () => undefined)], '1') as unknown as {
    paths: Record<
      string,
      {
        put: {
          requestBody: { content: Record<string, { schema: object }> };
          responses: Record<
            string,
            {
              description: string;
              content: Record<
                string,
                { schema: { allOf: [object, { properties: { error: { properties: { code: { enum: string[] } } } } }] } }
              >;
            }
          >;
        };
      }
    >;
    components: {
      schemas: { Error: { properties: { error: { required: string[]; properties: { code: { enum: string[] } } } } } };
    };
  };
  const { responses, requestBody } = paths['/api/v1/things/{id}']!.put;
  const codesOf = (status: number) =>
    responses[status]!.content['application/json']!.schema.allOf[1].properties.error.properties.code.enum;
  expect(codesOf(404)).toEqual(['unknown-album', 'unknown-path']);
  expect(codesOf(400)).toEqual(expect.arrayContaining(['bad-value', 'unknown-field', 'not-json']));
  expect(codesOf(401)).toEqual(['sign-in']);
  expect(codesOf(503)).toEqual(expect.arrayContaining(['disk-full', 'stopping', 'missing']));
  expect(responses[404]!.description).toBe(
    '`unknown-album`: There is no album {id}.\n`unknown-path`: There is nothing at {path}.',
  );
  const { required, properties } = components.schemas.Error.properties.error;
  expect(required).toEqual(['kind', 'code', 'message']);
  expect(properties.code.enum).toEqual(Object.keys(errorCodes));
  expect(requestBody.content['application/json']!.schema).toMatchObject({ additionalProperties: false });
});

test('what a period, a range and rows can be wrong in comes of what a route takes', () => {
  const codes = errorsOf(
    route(
      defineEndpoint({
        operationId: 'pullThings',
        method: 'get',
        path: '/sync/x',
        tag: 'Sync',
        summary: '',
        query: { from: v.string(), to: v.string(), period: v.string() },
        answers: { 200: v.object({}) },
      }),
      () => ({}),
    ),
  );
  expect(codes).toEqual(
    expect.arrayContaining(['to-before-from', 'period-or-range', 'app-too-old', 'given-twice'] satisfies ErrorCode[]),
  );
  expect(codes).not.toContain('foreign-page');
  expect(describedError('setting-whole')).toBe('Expected a whole number from {least} to {most}');
});

test('whatever a setting is refused with is among the cases of the routes that change settings', () => {
  expect(SETTING_ERRORS).toEqual(
    expect.arrayContaining(settingKeys.flatMap((key) => definitionOf(key).refusal?.code ?? [])),
  );
});

test('whatever can be the matter with any service is among the cases of the routes that ask one', () => {
  const kinds: Record<UpstreamErrorKind, null> = {
    unreachable: null,
    timeout: null,
    'rate-limited': null,
    resting: null,
    refused: null,
    'not-found': null,
    'bad-request': null,
    malformed: null,
    broken: null,
    cancelled: null,
  };
  const failures = [
    ...Object.keys(kinds).map((kind) => ({ kind: kind as UpstreamErrorKind })),
    ...REFUSAL_CODES.map((refuses) => ({ kind: 'refused' as const, refuses })),
    { kind: 'refused' as const, code: 'not-configured' },
  ];
  const codes = failures.map(
    (failure) => problemOf(new UpstreamError({ upstream: 'x', message: 'x', ...failure })).code,
  );
  expect(new Set(codes)).toEqual(new Set(SERVICE_ERRORS));
});
