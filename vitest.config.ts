import { defineConfig } from 'vitest/config';

/** Pure and port tests beside the source; what needs the whole stack is in test/end-to-end (Playwright). */
export default defineConfig({
  test: {
    include: [
      '{certificate-templates,issuance-center,kiosk-agent,renderer,electron,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['test/end-to-end/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: ['./issuance-center/database/testCluster.ts'],
  },
});
