import { getEuriaUsage, listEuriaModels, testEuria } from '#shared/api/euria.ts';
import { messageOf } from '#shared/errors/errorCodes.ts';
import type { EuriaAccess } from '../../upstreams/euria/index.ts';
import type { EuriaUsage } from '#shared/api/euria.ts';
import { route } from '../route.ts';
import { testService } from '../../kit/http/testService.ts';

const NOT_CONNECTED = { code: 'euria-not-connected' } as const;

export const euriaRoutes = (access: EuriaAccess, usage: () => EuriaUsage, model: () => string) => [
  route(testEuria, async () => {
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
  }),
  route(listEuriaModels, async () => {
    return { items: ((await access.client?.models()) ?? []).map(({ name }) => ({ name })) };
  }),
  route(getEuriaUsage, usage),
];
