import * as v from 'valibot';
import { messageOf } from '#shared/api/errorCodes.ts';
import type { EuriaAccess } from '../../upstreams/euria/index.ts';
import type { EuriaUsage } from '../../modules/enrichment.ts';
import { defineRoute } from '../route.ts';
import { SERVICE_ERRORS } from '../routeErrors.ts';
import { testService } from '../../kit/http/testService.ts';
import { TestAnswer } from './testAnswer.ts';

const TAG = 'EurIA';
const NOT_CONNECTED = { code: 'euria-not-connected' } as const;

const share = { used: v.number(), cap: v.number() };
/** Texts of today, by the household's calendar, of how many a day at most. */
const Usage = v.object({
  /** What it writes by itself. */
  ...share,
  isOn: v.boolean(),
  /** When it may write by itself next, in seconds since the epoch; null while it does not: turned off, refused, or not connected. */
  next: v.nullable(v.number()),
  /** What people ask for. */
  asked: v.object(share),
  /** Records that it could write about by itself, about as many texts. */
  withoutWords: v.object({ owned: v.number(), others: v.number() }),
});

export const euriaRoutes = (access: EuriaAccess, usage: () => EuriaUsage, model: () => string) => [
  defineRoute({
    method: 'post',
    path: '/services/euria/test',
    writes: false,
    tag: TAG,
    summary: 'Ask EurIA once, with the settings as they are',
    answer: TestAnswer,
    async handle() {
      const euria = access.client;
      let isOffered = false;
      if (!euria) return { ok: false, message: messageOf(NOT_CONNECTED), problem: NOT_CONNECTED };
      return testService(
        euria,
        async () => {
          const offered = (await euria.models()).map(({ name }) => name);
          isOffered = offered.includes(model());
          return {
            message: isOffered ? `EurIA answers with ${model()}` : `EurIA answers; it offers ${offered.join(', ')}`,
          };
        },
        (outcome) => {
          if (euria === access.client)
            access.heard(outcome !== 'well' ? outcome : isOffered ? 'has-model' : 'lacks-model');
        },
      );
    },
  }),
  defineRoute({
    method: 'get',
    path: '/services/euria/models',
    errors: [...SERVICE_ERRORS, 'service-missing-scope', 'service-no-credit', 'service-wrong-address', 'model-unknown'],
    tag: TAG,
    summary: 'The models that the service lists; none while it is not connected',
    answer: v.object({ items: v.array(v.object({ name: v.string() })) }),
    async handle() {
      return { items: ((await access.client?.models()) ?? []).map(({ name }) => ({ name })) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/services/euria/usage',
    tag: TAG,
    summary: 'How many texts it wrote by itself today, and how many people asked for; how many of each a day may be',
    answer: Usage,
    handle: usage,
  }),
];
