/** Where the build lists its files. */
const OWN_FILES = '/own-files.json';

/** What the build made: its version, and the SHA-256 of each file, in Base64, by path. */
export interface OwnFileList {
  version: string;
  files: Record<string, string>;
}

/**
 * Distinguishes the app's own files from whatever else answers at their addresses: the page on which a Wi-Fi asks for a login comes with status
 * 200, and cached once it would be the app for good. In workbox's terms a plugin of the strategy that fills the precache.
 */
export class OwnFiles {
  readonly #version: string;
  readonly #ask: (path: string) => Promise<Response>;
  #list: Promise<OwnFileList | null> | undefined;

  /** @param version of the build that the worker is of. @param ask fetches from the server itself, past every cache. */
  constructor(version: string, ask: (path: string) => Promise<Response>) {
    this.#version = version;
    this.#ask = ask;
  }

  /** @returns the response when it is what the build made of that address; else null, at which the installation comes to nothing. */
  readonly cacheWillUpdate = async ({
    request,
    response,
  }: {
    request: Request;
    response: Response;
  }): Promise<Response | null> => {
    this.#list ??= this.#read();
    const list = await this.#list;
    const wanted = list?.files[decodeURI(new URL(request.url).pathname)];
    if (wanted === undefined || response.status !== 200) return null;
    const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
    return btoa(String.fromCharCode(...new Uint8Array(digest))) === wanted ? response : null;
  };

  /** @returns null for what is no such list, or is another build's: the server was updated meanwhile, and offers another worker too. */
  async #read(): Promise<OwnFileList | null> {
    const text = await (await this.#ask(OWN_FILES)).text();
    try {
      const list = JSON.parse(text) as Partial<OwnFileList> | null;
      return list?.version === this.#version && typeof list.files === 'object' ? (list as OwnFileList) : null;
    } catch {
      return null;
    }
  }
}

/** A cover is a picture, whatever answers at its address. */
export const pictureOnly = {
  cacheWillUpdate: ({ response }: { response: Response }) => Promise.resolve(isPicture(response) ? response : null),
  cachedResponseWillBeUsed: ({ cachedResponse }: { cachedResponse?: Response | undefined }) =>
    Promise.resolve(cachedResponse && isPicture(cachedResponse) ? cachedResponse : null),
};

export const isPicture = ({ status, headers }: Response): boolean =>
  status === 200 && (headers.get('content-type') ?? '').startsWith('image/');
