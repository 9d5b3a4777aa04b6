/// <reference types="@sveltejs/kit" />

declare global {
  namespace App {
    interface PageState {
      /** Id of the album that is looked at beside the page. */
      peek?: string;
    }
  }
}

export {};
