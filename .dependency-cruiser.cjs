/** The directions of the house: data travels one road, and the imports follow it. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle hides which part depends on which. Types alone may refer to each other: nothing of them is left at run time.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'shared-imports-nobody',
      'shared/ is what both sides agree on: valibot and itself only.',
      { path: '^shared/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(shared/|node_modules/valibot/)' },
    ),
    rule(
      'upstreams-know-no-library',
      'An upstream client knows its service and the kit, nothing of what we keep.',
      { path: '^server/upstreams/' },
      { path: '^server/(library|trackers|enrichment|jobs|sync|http)/' },
    ),
    rule(
      'upstreams-know-not-each-other',
      'Each upstream stands alone.',
      { path: '^server/upstreams/([^/]+)/' },
      { path: '^server/upstreams/([^/]+)/', pathNot: '^server/upstreams/$1/' },
    ),
    rule(
      'only-library-opens-libsql',
      'One writer, one importer.',
      { pathNot: '^(server/library/|tests/|scripts/)' },
      { path: 'node_modules/libsql' },
    ),
    rule(
      'kit-is-the-bottom',
      'The kit serves everyone and knows nobody.',
      { path: '^server/kit/' },
      { path: '^server/(?!kit/)' },
    ),
    rule(
      'modules-know-no-routes',
      'A module works without HTTP; its routes are given to it, and it to them.',
      {
        path: '^server/(modules|events|library|trackers|enrichment|jobs|sync|upstreams|images|playlists|analytics)/',
        pathNot: '\\.test\\.ts$',
      },
      { path: '^server/http/routes/' },
    ),
    rule(
      'only-the-app-mounts-routes',
      'Which routes a server answers is said in one place: for an open library, and for one that is lost.',
      { path: '^server/', pathNot: '^server/(http/routes/|appRoutes\\.ts$|recovery/)|\\.test\\.ts$' },
      { path: '^server/http/routes/' },
    ),
    rule(
      'only-routes-define-routes',
      'Routes live in server/http/routes/.',
      {
        path: '^server/',
        pathNot: '^server/(http/|app\\.ts$|appRoutes\\.ts$|recovery/app\\.ts$|sync/pushRows\\.ts$)|\\.test\\.ts$',
      },
      { path: '^server/http/route\\.ts$' },
    ),
    rule(
      'events-know-no-http',
      'The hub hands events to whoever listens, whichever way they travel.',
      { path: '^server/events/' },
      { path: '^server/http/' },
    ),
    rule('web-knows-no-server', 'Pages know the wire, not the server.', { path: '^web/' }, { path: '^server/' }),
    rule('server-knows-no-web', 'The server serves built files only.', { path: '^server/' }, { path: '^web/' }),
    rule(
      'only-replica-imports-rxdb',
      'RxDB and Dexie stay behind web/lib/replica.',
      { path: '^web/', pathNot: '^web/lib/replica/' },
      { path: 'node_modules/(rxdb|dexie|rxjs)/' },
    ),
    rule(
      'ui-holds-no-data',
      'Components: props in, events out.',
      { path: '^web/lib/ui/' },
      { path: '^web/lib/(replica|library)/' },
    ),
    rule(
      'production-never-imports-simulators',
      'Only tests and the demo may.',
      { path: '^(server|shared|web)/', pathNot: '\\.test\\.ts$' },
      { path: '^tests/' },
    ),
    rule(
      'no-unresolvable',
      'Every import leads somewhere.',
      {},
      { couldNotResolve: true, pathNot: '^(\\$app|\\$service-worker|\\$env|\\./\\$types)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.boundaries.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'svelte', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
