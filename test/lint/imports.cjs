/** Who may import whom. Imports run one way: renderer → shared, hosts → core → shared, preload → contract. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(shared|electron|renderer|test)/', pathNot: allowed },
});

const single = (name, module, owners) => ({
  name,
  comment: `Only ${owners} may import ${module}.`,
  severity: 'error',
  from: { path: '^(shared|electron|renderer)/', pathNot: owners },
  to: { path: `(^|/)node_modules/${module}/|^${module}$` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: { pathNot: '^test/' }, to: { circular: true } },
    {
      name: 'no-circular-folders',
      comment: 'A room that needs another is not needed by it, however many rooms stand between them.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(shared|electron|renderer)/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vite/client$' },
    },
    only('shared-imports-nothing-of-ours', '^shared/', '^shared/', 'shared runs in every room.'),
    only(
      'stats-are-numbers-only',
      '^shared/stats/',
      '^shared/stats/',
      'Nothing but numbers in and numbers out.',
    ),
    only(
      'core-imports-core-and-shared',
      '^electron/core/',
      '^(electron/core|shared)/',
      'Nobody imports a host.',
    ),
    only(
      'store-knows-no-service',
      '^electron/core/store/',
      '^(electron/core/(store|files|ports)|shared)/',
      'The store is below the services.',
    ),
    only(
      'files-are-ground',
      '^electron/core/files/',
      '^(electron/core/files|shared)/',
      'How files are written knows nothing of what is in them.',
    ),
    only(
      'desktop-imports-core',
      '^electron/hosts/desktop/',
      '^(electron/(core|hosts/(desktop|page)|hosts/[^/]+$)|shared)',
      'Hosts do not import each other.',
    ),
    only(
      'http-imports-core',
      '^electron/hosts/http/',
      '^(electron/(core|hosts/(http|page)|hosts/[^/]+$)|shared)',
      'Hosts do not import each other.',
    ),
    only(
      'cli-starts-http',
      '^electron/hosts/cli/',
      '^(electron/(core|hosts/cli|hosts/http/server|hosts/http/serve-sides|hosts/[^/]+$)|shared)',
      'The CLI may start the loopback host.',
    ),
    {
      name: 'commands-go-through-the-contract',
      comment:
        'A command calls methods. One file opens the app; what a host gives the core (ports) and how files are written (files) hold no feature.',
      severity: 'error',
      from: { path: '^electron/hosts/cli/', pathNot: '^electron/hosts/cli/client/open-app\\.ts$' },
      to: { path: '^electron/core/', pathNot: '^electron/core/(files|ports)/' },
    },
    only(
      'preload-knows-the-contract',
      '^electron/preload/',
      '^(shared/contract|electron/preload)/',
      'The preload is one small file.',
    ),
    only(
      'page-imports-shared',
      '^renderer/',
      '^(renderer|shared)/',
      'The page knows the contract and nothing behind it.',
    ),
    {
      name: 'shared-has-no-platform',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: 'vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-has-no-schemas',
      comment: 'zod stays out of what the rater loads; types of the contract are enough.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: 'node_modules/zod' },
    },
    single('one-importer-of-the-database', 'better-sqlite3', '^electron/core/store/engine/connection\\.ts$'),
    single(
      'openai-where-judges-are-asked',
      'openai',
      '^electron/core/judging/(endpoint|endpoint-client|request-body|batch-api)\\.ts$',
    ),
    single(
      'archives-behind-their-readers',
      '@zip\\.js/zip\\.js',
      '(electron/core/(files/file-reader|imports/(calibration-archive|archive-kind|read-eval-log)|packs/zip-files)|pack/read-(container|pack))\\.ts$',
    ),
    single(
      'one-reader-of-parquet',
      'hyparquet(-compressors)?',
      '^electron/core/imports/parquet-worker\\.ts$',
    ),
    single('one-writer-of-parquet', 'hyparquet-writer', '^electron/core/exports/parquet-table\\.ts$'),
    single('one-tokenizer', 'gpt-tokenizer', '^electron/core/judging/token-count\\.ts$'),
    single('one-opener-of-addresses', 'open', '^electron/hosts/cli/commands/start\\.ts$'),
    single('one-source-of-randomness', 'pure-rand', '^shared/random/seeded-random\\.ts$'),
    single(
      'packs-are-unlocked-at-two-doors',
      'age-encryption',
      '^(electron/core/packs/age-layer|renderer/pack/read-pack)\\.ts$',
    ),
    single('electron-in-the-desktop-host', 'electron', '^electron/(hosts/desktop|preload)/'),
    single('one-importer-of-hotkeys', 'react-hotkeys-hook', '^renderer/actions/use-action-keys\\.ts$'),
    single('formulas-beside-the-page', 'katex', '^renderer/(markdown/set-formula\\.ts|(pack/)?main\\.tsx)$'),
    single('colours-beside-the-page', 'lowlight', '^renderer/markdown/colour-code\\.ts$'),
    {
      name: 'no-barrels',
      severity: 'error',
      from: {},
      to: { path: '^(shared|electron|renderer)/.*/index\\.tsx?$' },
    },
    {
      name: 'unit-tests-start-nothing',
      comment: 'No browser and no process: what needs one is an integration test, or goes from end to end.',
      severity: 'error',
      from: { path: '^test/unit/' },
      to: {
        path: '^(node:)?child_process$|(^|/)node_modules/playwright-core/|^test/support/(browser|command-line|http-fixture|open-window)[.]ts$',
      },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { path: '^(shared|electron|renderer)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'test/lint/known-bad' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
