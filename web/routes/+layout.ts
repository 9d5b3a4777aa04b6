import { preferredLanguage, speak } from '$lib/i18n/index.svelte.ts';
import { facesHere } from '$lib/ui/fonts.ts';

/** The browser draws everything from its replica: there is nothing to render on a server or ahead of time. */
export const ssr = false;
export const prerender = false;

export const load = async (): Promise<void> => {
  await Promise.all([speak(preferredLanguage()), facesHere()]);
};
