import * as v from 'valibot';
import { messageOf } from '#shared/api/errorCodes.ts';
import type { EuriaClient } from '../../upstreams/euria/index.ts';
import { defineRoute } from '../route.ts';
import { tested, TestAnswer } from './testAnswer.ts';

export interface EuriaDesk {
  client: () => EuriaClient | null;
  model: () => string;
  /** Texts asked for today, by the household's calendar, of how many at most. */
  usage: () => { used: number; cap: number };
}

const TAG = 'EurIA';
const NOT_CONNECTED = { code: 'euria-not-connected' } as const;

export const euriaRoutes = ({ client, model, usage }: EuriaDesk) => [
  defineRoute({
    method: 'post',
    path: '/services/euria/test',
    writes: false,
    tag: TAG,
    summary: 'Ask EurIA once, with the settings as they are',
    answer: TestAnswer,
    async handle() {
      const euria = client();
      if (!euria) return { ok: false, message: messageOf(NOT_CONNECTED), problem: NOT_CONNECTED };
      return tested(async () => {
        const offered = (await euria.models()).map(({ name }) => name);
        return { message: offered.includes(model()) ? `EurIA answers with ${model()}` : `EurIA answers; it offers ${offered.join(', ')}` };
      });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/services/euria/models',
    tag: TAG,
    summary: 'The models that the service lists; none while it is not connected',
    answer: v.object({ items: v.array(v.object({ name: v.string() })) }),
    async handle() {
      return { items: ((await client()?.models()) ?? []).map(({ name }) => ({ name })) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/services/euria/usage',
    tag: TAG,
    summary: 'How many texts were asked for today, and how many a day may be',
    answer: v.object({ used: v.number(), cap: v.number() }),
    handle: usage,
  }),
];
