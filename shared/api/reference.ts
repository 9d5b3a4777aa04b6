import * as v from 'valibot';
import { defineEndpoint, file } from './contract.ts';

const TAG = 'Reference';

export const getOpenApi = defineEndpoint({
  operationId: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: TAG,
  summary: 'Every operation that the server answers at the moment, as OpenAPI 3.1',
  answers: { 200: v.looseObject({ openapi: v.string() }) },
});

export const getReference = defineEndpoint({
  operationId: 'getReference',
  method: 'get',
  path: '/docs',
  tag: TAG,
  summary: 'The same as a page to read',
  answers: { 200: file('text/html') },
});

export const getMetrics = defineEndpoint({
  operationId: 'getMetrics',
  method: 'get',
  path: '/metrics',
  tag: 'Health',
  summary: 'What Prometheus reads, in its text format; the same is at `/metrics`, where it looks by itself',
  anyQuery: true,
  answers: { 200: file('text/plain') },
});
