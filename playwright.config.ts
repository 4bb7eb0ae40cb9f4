/** End-to-end tests in Debian's Chromium (CHROMIUM names another one). One worker: the card and the printer are shared. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/end-to-end',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  reporter: [['list']],
  // each has both cores for itself (test/all.ts); only the visits need the card reader
  projects: [
    { name: 'screens', testMatch: /gallery\.spec\.ts$/ },
    {
      name: 'verify',
      // scans are drawn and read
      timeout: 120_000,
      testMatch: /(verification|home|apply)\/.*\.spec\.ts$/,
      use: { viewport: { width: 1280, height: 900 }, hasTouch: false },
    },
    {
      name: 'console',
      // pages that draw PDFs, and a municipality that joins from nothing
      timeout: 480_000,
      testMatch: /console\/.*\.spec\.ts$/,
      use: { viewport: { width: 1280, height: 900 }, hasTouch: false, actionTimeout: 20_000 },
    },
    {
      name: 'visits',
      testIgnore: [/gallery\.spec\.ts$/, /verification\//, /home\//, /apply\//, /console\//],
    },
  ],
  use: {
    viewport: { width: 1080, height: 1920 },
    deviceScaleFactor: 1,
    hasTouch: true,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' },
  },
});
