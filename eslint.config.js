import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What is checked with its types. Each file belongs to one project; a project is one program, made once for the whole run. */
const NODE_SIDE = ['server/**/*.ts', 'shared/**/*.ts', 'tests/**/*.ts', 'scripts/**/*.ts', '*.config.ts'];
const PAGES_SIDE = ['web/**/*.ts'];
const SERVICE_WORKER = ['web/service-worker.ts'];

export default ts.config(
  // The files of the example in docs/adding-an-upstream.md belong into a copy, where a test checks their types.
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'data/', 'coverage/', 'tests/contracts/newUpstream/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-undef': 'off',
      'no-control-regex': 'off',
      'prefer-const': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: ['$props', '$state', '$bindable'] }],
    },
  },
  // Components are left out: their parser hands over other text than the file's, for which a program would have to be made anew for
  // each of them. Their types are what svelte-check looks at.
  {
    files: [...NODE_SIDE, ...PAGES_SIDE],
    extends: [ts.configs.recommendedTypeCheckedOnly],
    rules: {
      // An async function without `await` is what an interface of promises asks for: what it throws becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      // Most interfaces here are of closures, written as methods: the rule cannot distinguish them from methods that use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // The reason of an AbortSignal has no type, and is handed on as it is.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: NODE_SIDE, languageOptions: { parserOptions: { project: './tsconfig.node.json' } } },
  { files: PAGES_SIDE, languageOptions: { parserOptions: { project: './tsconfig.json' } } },
  { files: SERVICE_WORKER, languageOptions: { parserOptions: { project: './tsconfig.service-worker.json' } } },
  // As any other script: a parser of components would hand over other text than the file's.
  { files: ['web/**/*.svelte.ts'], languageOptions: { parser: ts.parser } },
  // The app lives at the root of its own server, and state that no template reads may be a plain Map.
  { rules: { 'svelte/no-navigation-without-resolve': 'off', 'svelte/prefer-svelte-reactivity': 'off' } },
  // Command-line programs and the log itself speak on the console.
  { files: ['scripts/**', 'tests/bench/**', 'server/kit/log.ts', 'server/main.ts'], rules: { 'no-console': 'off' } },
);
