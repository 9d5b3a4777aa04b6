/** The allowed directions of imports: data takes one path from the services to the page, and imports follow it. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The end of a path that is a file directly in a folder, not in one of its subfolders. */
const FILE = '[^/]+$';

/**
 * Every area of the code, by the beginning of its paths, and what its files may import besides the area itself. What is not listed
 * is not allowed: a new area, or a new direction between two, is a line here.
 */
const AREAS = {
  'shared/primitives/': [],
  'shared/text/': [],
  'shared/timing/': [],
  'shared/links/': [],
  'shared/errors/': [],
  'shared/jobs/': [],
  'shared/journal/': ['shared/(primitives|upstreams)/'],
  'shared/upstreams/': [],
  'shared/library/': ['shared/(journal|primitives|text|upstreams)/'],
  'shared/matching/': ['shared/(journal|primitives|text)/'],
  'shared/analytics/': ['shared/(journal|library|matching|primitives)/'],
  'shared/playlists/': ['shared/(analytics|library|matching|text)/'],
  'shared/sync/': ['shared/(analytics|errors|journal|library|mutations|primitives|upstreams)/'],
  'shared/mutations/': ['shared/(journal|library|primitives)/'],
  'shared/api/': ['shared/(errors|journal|library|matching|playlists|primitives|sync|text|upstreams)/'],

  'server/kit/': ['shared/(api|errors|library|text|timing)/'],
  'server/events/': ['shared/', 'server/kit/'],
  'server/upstreams/': ['shared/', 'server/kit/'],
  'server/library/': ['shared/', 'server/kit/', 'server/version'],
  'server/analytics/': ['shared/', 'server/(kit|library)/'],
  'server/images/': ['shared/', 'server/library/'],
  'server/outbox/': ['shared/', 'server/(kit|library|upstreams)/'],
  'server/enrichment/': ['shared/', 'server/(kit|library|upstreams)/'],
  'server/trackers/': ['shared/', 'server/(events|kit|library|outbox|upstreams)/'],
  'server/playlists/': ['shared/', 'server/(analytics|kit|library|upstreams)/'],
  'server/jobs/': ['shared/', 'server/(kit|library)/'],
  'server/health/': ['shared/', 'server/(events|jobs|kit|library|trackers)/'],
  'server/sync/': ['shared/', 'server/(events|kit|library)/'],
  'server/http/': [
    'shared/',
    'server/(analytics|health|images|jobs|kit|library|modules|outbox|playlists|sync|trackers|upstreams)/',
    'server/(config|version)',
  ],
  'server/recovery/': ['shared/', 'server/(health|http|kit|library)/'],
  // Composition: what is made there is given what it needs, and knows everybody but who starts it.
  'server/modules/': ['shared/', 'server/(?!recovery/|app\\.|front\\.|main\\.)'],
  [`server/${FILE}`]: ['shared/', 'server/'],

  [`web/lib/${FILE}`]: ['shared/'],
  // Composition: the app's stores are made there.
  'web/lib/app\\.ts$': ['shared/', 'web/lib/'],
  'web/lib/i18n/': ['shared/', `web/lib/${FILE}`],
  'web/lib/pwa/': ['shared/', `web/lib/${FILE}`],
  'web/lib/replica/': ['shared/', `web/lib/${FILE}`],
  'web/lib/ui/': ['shared/', `web/lib/${FILE}`, 'web/lib/i18n/'],
  'web/lib/library/': ['shared/', `web/lib/${FILE}`, 'web/lib/replica/'],
  'web/styles/': [],
  'web/routes/': ['shared/', 'web/lib/', 'web/app\\.css'],
  // The frame around the pages: hooks, service worker, ambient types.
  [`web/${FILE}`]: ['shared/', 'web/lib/', 'web/routes/'],

  'tests/arbitraries/': ['shared/'],
  'tests/simulators/': ['tests/kit/'],
  'tests/kit/': ['shared/', 'server/(kit|library)/', 'tests/stress/'],
  // Whole programs are tried there: both sides and every simulator meet.
  'tests/(bench|contracts|e2e|stress)/': ['shared/', 'server/', 'web/', 'tests/'],
  'scripts/': ['shared/', 'server/', 'tests/', 'svelte\\.config\\.js'],
};

/** What the tests beside the code, and what they alone use, may import besides. */
const BESIDE_TESTS = {
  'shared/': ['shared/', 'tests/(arbitraries|kit)/'],
  'server/': ['shared/', 'server/', 'tests/(arbitraries|contracts|kit|simulators)/'],
  'web/': ['shared/', 'web/', 'tests/(arbitraries|contracts|e2e|kit)/'],
  'tests/kit/': ['shared/', 'server/', 'web/lib/', 'tests/', 'scripts/'],
};
const TEST = '\\.test\\.ts$|/testing/';

const allowed = [
  ...Object.entries(AREAS).map(([room, others]) => ({
    from: { path: `^${room}` },
    to: { path: [`^${room}`, ...others.map((other) => `^${other}`)] },
  })),
  ...Object.entries(BESIDE_TESTS).map(([room, others]) => ({
    from: { path: `^${room}.*(${TEST})` },
    to: { path: others.map((other) => `^${other}`) },
  })),
  // Packages, what Node brings, and what SvelteKit makes: who may import which of them is denied by name.
  { from: {}, to: { pathNot: '^(shared|server|web|tests|scripts)/' } },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle hides which part depends on which, and one of types alone hides it as well.',
      {},
      { circular: true },
    ),
    rule(
      'shared-imports-itself-only',
      'shared/ is what both sides agree on: valibot and itself only.',
      { path: '^shared/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(shared/|node_modules/valibot/)' },
    ),
    rule(
      'primitives-are-the-bottom',
      'Ids, counts and times are what every schema is made of; they are made of nothing else here.',
      { path: '^shared/primitives/', pathNot: '\\.test\\.ts$' },
      { path: '^shared/(?!primitives/)' },
    ),
    rule(
      'journal-knows-no-library',
      'The documents of the library may hold what the journal describes, such as a session at the turntable; never the other way round.',
      { path: '^shared/journal/', pathNot: '\\.test\\.ts$' },
      { path: '^shared/library/' },
    ),
    rule(
      'upstreams-know-no-library',
      'An upstream client knows its service and the kit, nothing of the library.',
      { path: '^server/upstreams/', pathNot: '\\.test\\.ts$' },
      { path: '^(server/(?!kit/|upstreams/)|web/|scripts/)' },
    ),
    rule(
      'upstreams-are-entered-by-their-index',
      'The files of a client are private to it; the registry alone reads its settings.',
      { path: '^server/(?!upstreams/)', pathNot: '\\.test\\.ts$' },
      { path: '^server/upstreams/[^/]+/', pathNot: '^server/upstreams/[^/]+/index\\.ts$' },
    ),
    rule(
      'upstreams-are-independent',
      'No upstream client imports another.',
      { path: '^server/upstreams/([^/]+)/' },
      { path: '^server/upstreams/([^/]+)/', pathNot: '^server/upstreams/$1/' },
    ),
    rule(
      'only-library-opens-libsql',
      'There is one writer of the database, so one importer of its driver.',
      { pathNot: '^(server/library/|tests/|scripts/)' },
      { path: 'node_modules/libsql' },
    ),
    rule(
      'library-by-its-api',
      'Users of the library import its index and the types of its API; its internals may change.',
      { pathNot: '^server/library/' },
      { path: '^server/library/', pathNot: '^server/library/(api/|testing/|index\\.ts$)' },
    ),
    rule(
      'testing-is-for-tests',
      'What tests share beside the code is no part of the program.',
      { path: '^(server|shared|web)/', pathNot: '\\.test\\.ts$|/testing/|\\.fixture\\.ts$' },
      { path: '^(server|shared|web)/.*/testing/' },
    ),
    rule(
      'library-api-is-a-leaf',
      'The API of the library describes it, and depends on none of its implementation.',
      { path: '^server/library/api/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(shared/|server/kit/|server/library/api/|node_modules/valibot/)' },
    ),
    rule(
      'curation-is-above-catalogue',
      'Catalogue and listens find and create rows; curation, which merges and unmerges them, is a layer above both.',
      { path: '^server/library/(catalogue|listens)/', pathNot: '\\.test\\.ts$' },
      { path: '^server/library/curation/' },
    ),
    rule(
      'catalogue-knows-no-listens',
      'Listens refer to the catalogue, which does not depend on them.',
      { path: '^server/library/catalogue/', pathNot: '\\.test\\.ts$' },
      { path: '^server/library/listens/' },
    ),
    rule(
      'kit-is-the-bottom',
      'Everything may import the kit; the kit imports none of it.',
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
      'The routes of a server are listed in one place: for an open library, and for a lost one.',
      { path: '^server/', pathNot: '^server/(http/routes/|appRoutes\\.ts$|recovery/)|\\.test\\.ts$' },
      { path: '^server/http/routes/' },
    ),
    rule(
      'only-routes-define-routes',
      'Routes live in server/http/routes/.',
      {
        path: '^server/',
        pathNot: '^server/(http/|app\\.ts$|appRoutes\\.ts$|recovery/app\\.ts$)|\\.test\\.ts$',
      },
      { path: '^server/http/route\\.ts$' },
    ),
    rule(
      'events-know-no-http',
      'The hub delivers events to its subscribers, whatever the transport.',
      { path: '^server/events/' },
      { path: '^server/http/' },
    ),
    rule(
      'background-imports-the-kit-only',
      'The loop, the retry policy and the resumable run know the kit and what both sides agree on, nothing of the work they run.',
      { path: '^server/kit/background/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(server/kit/|shared/)' },
    ),
    rule(
      'outbox-reads-nothing',
      'The outbox sends only; nothing in it reads from a service, and it wakes no tracker.',
      { path: '^server/outbox/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(trackers|enrichment|jobs|sync|http|modules|events)/' },
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
  allowed,
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit|data|tests/contracts/newUpstream)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.boundaries.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'svelte', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
