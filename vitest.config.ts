import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.ts';

/** Pure and port tests beside the source; what needs the whole stack is in test/end-to-end (Playwright). */
export default defineConfig({
  test: {
    include: [
      '{certificate-templates,issuance-center,kiosk-agent,renderer,electron,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['test/end-to-end/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // the long files wait for processes half of their time
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['./issuance-center/database/testCluster.ts'],
  },
});
