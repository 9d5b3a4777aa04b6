import * as v from 'valibot';
import { defineEndpoint } from './contract.ts';

const TAG = 'Session';
/** Whether the server has a token at all, without which nobody has to sign in. */
const Needed = v.object({ needed: v.boolean() });

export const createSession = defineEndpoint({
  operationId: 'createSession',
  method: 'post',
  path: '/session',
  errors: ['wrong-token'],
  tag: TAG,
  summary: 'Exchange the access token for a session cookie',
  open: true,
  writes: false,
  body: v.object({ token: v.string() }),
  answers: { 200: Needed },
});

export const deleteSession = defineEndpoint({
  operationId: 'deleteSession',
  method: 'delete',
  path: '/session',
  tag: TAG,
  summary: 'Forget the session cookie',
  open: true,
  writes: false,
  answers: { 200: Needed },
});
