import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    files: { src: 'web', assets: 'static' },
    // One page for every route: the browser renders from its replica, so there is nothing to pre-render.
    adapter: adapter({ pages: 'build/web', assets: 'build/web', fallback: 'index.html', precompress: true }),
    // Registered with workbox-window instead, so that updates can be offered rather than forced.
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
    // The tests' types are checked with the server's (tsconfig.node.json).
    typescript: {
      config: (config) => ({ ...config, include: config.include.filter((path) => !/^\.\.\/tests?\//.test(path)) }),
    },
  },
};
