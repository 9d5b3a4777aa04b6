/** What the app is made of, read from the packages themselves when it is built. The globs must be literals. */
const licences = import.meta.glob<string>(
  [
    '/node_modules/{@hono/node-server,cron,dexie,eventsource-parser,hono,libsql,rxdb,rxjs,sharp,svelte,valibot,ws,yauzl,yazl}/package.json',
    '/node_modules/{@valibot/to-json-schema,@sveltejs/kit,@fontsource-variable/hanken-grotesk,@fontsource-variable/newsreader}/package.json',
    '/node_modules/{workbox-expiration,workbox-precaching,workbox-routing,workbox-strategies,workbox-window}/package.json',
  ],
  { eager: true, import: 'license', exhaustive: true },
);
const versions = import.meta.glob<string>(
  [
    '/node_modules/{@hono/node-server,cron,dexie,eventsource-parser,hono,libsql,rxdb,rxjs,sharp,svelte,valibot,ws,yauzl,yazl}/package.json',
    '/node_modules/{@valibot/to-json-schema,@sveltejs/kit,@fontsource-variable/hanken-grotesk,@fontsource-variable/newsreader}/package.json',
    '/node_modules/{workbox-expiration,workbox-precaching,workbox-routing,workbox-strategies,workbox-window}/package.json',
  ],
  { eager: true, import: 'version', exhaustive: true },
);

/** Everything that AIME carries along, by name. */
export const madeWith: readonly { name: string; version: string; licence: string }[] = Object.entries(licences)
  .map(([path, licence]) => ({
    name: path.replace('/node_modules/', '').replace('/package.json', ''),
    version: versions[path] ?? '',
    licence,
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
