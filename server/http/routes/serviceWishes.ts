import * as v from 'valibot';
import { ServiceState } from '#shared/library/household.ts';
import { defineRoute } from '../route.ts';

type Act = (service: ServiceState['id']) => void;

/** A person does not want to wait until a service that asked for a pause, or failed again and again, is asked anew. */
export const tryNowRoute = (tryNow: Act) =>
  serviceRoute('try-now', 'Ask a service again at once, whatever pause it wanted', false, tryNow);

/** A person says that what stayed although a service no longer lists it may go. */
export const letGoRoute = (letGo: Act) =>
  serviceRoute(
    'let-go',
    'Let what a service no longer lists go from here too, once it has been read again and says the same',
    true,
    letGo,
  );

const serviceRoute = <Name extends string>(name: Name, summary: string, writes: boolean, act: Act) =>
  defineRoute({
    method: 'post',
    path: `/services/:service/${name}`,
    tag: 'House',
    summary,
    params: { service: ServiceState.entries.id },
    status: 202,
    answer: v.object({ service: ServiceState.entries.id }),
    writes,
    handle({ params }) {
      act(params.service);
      return { service: params.service };
    },
  });
