import { expect, test } from 'vitest';
import { UpstreamError } from './http/upstreamError.ts';
import { problemOf } from './problemOf.ts';

const upstream = (more: object) => new UpstreamError({ upstream: 'EurIA', kind: 'refused', message: 'No', ...more });

test('a failure is a registered case: a service’s by what it did, any other by what it says of itself', () => {
  expect(problemOf(upstream({}))).toEqual({ code: 'service-refused', params: { service: 'EurIA' } });
  expect(problemOf(upstream({ code: 'not-configured' }))).toEqual({
    code: 'service-not-connected',
    params: { service: 'EurIA' },
  });
  expect(problemOf(upstream({ code: 17, refuses: 'history-private' }))).toEqual({
    code: 'service-history-private',
    params: { service: 'EurIA' },
  });
  expect(problemOf(upstream({ code: 'model-unknown', values: { model: 'x' } }))).toEqual({
    code: 'model-unknown',
    params: { model: 'x' },
  });
  expect(problemOf(upstream({ kind: 'rate-limited', code: 'cap-reached', values: { cap: 3 } }))).toEqual({
    code: 'cap-reached',
    params: { cap: 3 },
  });
  expect(problemOf(Object.assign(new Error('x'), { problem: { code: 'disk-full' } }))).toEqual({ code: 'disk-full' });
  expect(problemOf(new Error('x'))).toEqual({ code: 'internal' });
  expect(problemOf('x')).toEqual({ code: 'internal' });
});
