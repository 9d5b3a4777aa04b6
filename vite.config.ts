import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the Hono server that the pages talk to. */
const api = process.env.AIME_DEV_API ?? 'http://127.0.0.1:8000';

export default defineConfig({
  // No options here: with any, SvelteKit 2.70 ignores svelte.config.js.
  plugins: [sveltekit()],
  server: { proxy: { '/api': { target: api, changeOrigin: true } } },
  // How long each plugin took is no use on a slow machine: that is not measured.
  build: { target: 'es2022', rolldownOptions: { checks: { bundlerTimings: false } } },
});
