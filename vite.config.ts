import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds the Hono server that the pages talk to. */
const api = process.env.AIME_DEV_API ?? 'http://127.0.0.1:8000';

/**
 * What pages share stands in few files. By itself the bundler makes one of every set of modules that the same pages share: a page
 * was in 140 files then, and opened with nearly twice the processor time.
 */
const fewFiles: Plugin = {
  name: 'few files',
  enforce: 'post',
  config: ({ build }) => {
    if (build?.ssr) return;
    const groups = [{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000 }];
    return {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: { groups },
            // Files that need each other begin in the order of their modules.
            strictExecutionOrder: true,
            // The bundler's own name of a shared style sheet is a list of paths.
            assetFileNames: ({ names }) =>
              `_app/immutable/assets/${names.some((name) => name.startsWith('shared')) ? 'shared' : '[name]'}.[hash][extname]`,
          },
        },
      },
    };
  },
};

export default defineConfig({
  // No options here: with any, SvelteKit 2.70 ignores svelte.config.js.
  plugins: [sveltekit(), fewFiles],
  server: { proxy: { '/api': { target: api, changeOrigin: true } } },
  // How long each plugin took is no use on a slow machine: that is not measured.
  build: { target: 'es2022', rolldownOptions: { checks: { bundlerTimings: false } } },
});
