import type { Reroute } from '@sveltejs/kit';

/** No page is there. */
const NOWHERE = '/%25';

/**
 * An address that is not well encoded (`/album/%zz`) is nowhere, as any other that there is no page for: else the app would end over it
 * before it shows anything. The address itself stays as it was given.
 */
export const reroute: Reroute = ({ url }) => {
  try {
    decodeURIComponent(url.pathname);
    return url.pathname;
  } catch {
    return NOWHERE;
  }
};
