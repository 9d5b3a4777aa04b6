/// <reference types="@sveltejs/kit" />

import type { Wrong } from './lib/address.ts';
import type { WayOn } from './routes/(app)/notThere.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** What of the address cannot be. */
      wrong?: Wrong[];
      /** Where one may go on from there. */
      way?: WayOn;
    }
    interface PageState {
      /** Id of the album that is looked at beside the page. */
      peek?: string;
      /** Id of the listen whose reports are looked at beside the Journal. */
      listen?: number;
    }
  }

  /** Chromium's own; not in TypeScript's library. https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
  interface BeforeInstallPromptEvent extends Event {
    prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
  }
  interface WindowEventMap {
    beforeinstallprompt: BeforeInstallPromptEvent;
  }
  interface Window {
    /** The install prompt that came before the app was there to store it. */
    aimeInstallPrompt?: BeforeInstallPromptEvent;
  }
}

export {};
