import * as v from 'valibot';
import { ServiceState } from '#shared/library/household.ts';
import { defineRoute } from '../route.ts';

/** A person does not want to wait until a service that asked for a pause, or failed again and again, is asked anew. */
export const tryNowRoute = (tryNow: (service: ServiceState['id']) => void) =>
  defineRoute({
    method: 'post',
    path: '/services/:service/try-now',
    tag: 'House',
    summary: 'Ask a service again at once, whatever pause it wanted',
    params: { service: ServiceState.entries.id },
    status: 202,
    answer: v.object({ service: ServiceState.entries.id }),
    writes: false,
    handle({ params }) {
      tryNow(params.service);
      return { service: params.service };
    },
  });
