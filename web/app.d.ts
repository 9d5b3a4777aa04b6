/// <reference types="@sveltejs/kit" />

declare global {
  namespace App {
    interface PageState {
      /** Id of the album that is looked at beside the page. */
      peek?: string;
      /** Id of the listen whose reports are looked at beside the Journal. */
      listen?: number;
    }
  }
}

export {};
