import type { HouseholdDocument } from '#shared/library/household.ts';
import { sharedUpstreams } from '#shared/upstreams/registry.ts';

/**
 * Whether a service can write texts though nobody was asked for the server's language: the services came with the server's start,
 * and the first run, which asks, was never opened.
 */
export const isUnasked = ({
  firstRunDone,
  language,
  services,
}: Pick<HouseholdDocument, 'firstRunDone' | 'language' | 'services'>): boolean =>
  !firstRunDone &&
  language === null &&
  services.some(({ id, status }) => sharedUpstreams[id].kind === 'texts' && status !== 'off');
