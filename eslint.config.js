// Lint zones of the rooms (architecture.md 1): across rooms only contract/ and certificate-templates/ are doors.
import tseslint from 'typescript-eslint';

const forbid = (files, patterns) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: patterns.map(([group, message]) => ({ group, message })) },
    ],
  },
});
const NO_TEST = [['#simulators/*', '**/test/**'], 'production rooms never import test/'];
const NO_ELECTRON = [['electron', 'electron/*'], 'electron is imported under electron/ only'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', 'coverage', 'playwright-report', 'test-results'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'use a union of literals' },
        { selector: 'ExportDefaultDeclaration', message: 'use named exports' },
      ],
      'max-depth': ['error', 4],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['*.config.{js,ts}', 'forge.config.ts', '**/vite*.config.ts', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  forbid(
    ['certificate-templates/**'],
    [
      NO_TEST,
      NO_ELECTRON,
      [
        ['#center/*', '#agent/*', '../issuance-center/**', '../kiosk-agent/**'],
        'certificate-templates is the leaf',
      ],
    ],
  ),
  forbid(
    ['issuance-center/**'],
    [
      NO_TEST,
      NO_ELECTRON,
      [['#agent/*', '**/kiosk-agent/**', '**/renderer/**'], 'the center trusts no kiosk and imports none'],
    ],
  ),
  forbid(
    ['kiosk-agent/**'],
    [
      NO_TEST,
      NO_ELECTRON,
      [['#center/*', '!#center/contract/**', '**/renderer/**'], 'only the contract of the center is a door'],
    ],
  ),
  forbid(
    ['renderer/**'],
    [
      NO_TEST,
      NO_ELECTRON,
      [['#center/*', 'node:*'], 'the renderer talks to the agent only'],
      [['#agent/*', '!#agent/contract/**'], 'only the contract of the agent is a door'],
    ],
  ),
  forbid(
    ['electron/**'],
    [NO_TEST, [['#center/*', '#agent/*', '#templates/*'], 'electron contains no domain word']],
  ),
);
