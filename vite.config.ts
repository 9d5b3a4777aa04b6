import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm run dev` finds the Hono server that the pages talk to. */
const api = process.env.AIME_DEV_API ?? 'http://127.0.0.1:8000';

/** What every page of the app begins with: SvelteKit's start, the app, and the layouts of the root and of the app's own pages. */
const BEGINNINGS = [
  /@sveltejs\/kit\/src\/runtime\/client\/entry\.js$/,
  /client-optimized\/app\.js$/,
  /web\/routes\/\+layout\.svelte$/,
  /web\/routes\/\(app\)\/\+layout\.svelte$/,
];

/**
 * What every page needs stands in one file. By itself the bundler makes one of every set of modules that the same pages share, which parts
 * these too: each page was in twice as many files then, and took longer to open. Nothing else is put together, since a page would be sent
 * what only others need.
 */
function oneFileForAll(): Plugin {
  const needed = new Set<string>();
  return {
    name: 'one file for all',
    enforce: 'post',
    buildEnd(error) {
      if (error || this.environment.name !== 'client') return;
      const ids = [...this.getModuleIds()];
      const add = (id: string) => {
        if (needed.has(id)) return;
        needed.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(add);
      };
      for (const beginning of BEGINNINGS) {
        const found = ids.find((id) => beginning.test(id));
        if (found === undefined) throw new Error(`No page begins with ${beginning.source} any more`);
        add(found);
      }
    },
    config: ({ build }) =>
      build?.ssr
        ? undefined
        : {
            build: {
              rolldownOptions: {
                output: { codeSplitting: { groups: [{ name: (id) => (needed.has(id) ? 'everyPage' : null) }] } },
              },
            },
          },
  };
}

export default defineConfig({
  // No options here: with any, SvelteKit 2.70 ignores svelte.config.js.
  plugins: [sveltekit(), oneFileForAll()],
  server: { proxy: { '/api': { target: api, changeOrigin: true } } },
  // How long each plugin took is no use on a slow machine: that is not measured.
  build: { target: 'es2022', rolldownOptions: { checks: { bundlerTimings: false } } },
});
