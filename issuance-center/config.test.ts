import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readStorePlace } from './config.ts';

const font = new URL(import.meta.url).pathname; // any file that exists
const base = {
  JPKI_TRUST_DIR: '/trust',
  CERTIFICATE_FONT: font,
  PUBLIC_URL: 'https://verify.example',
  CONSOLE_URL: 'https://console.example',
};

describe('configuration', () => {
  it('has a default for everything but the trusted certificates and the printed address', () => {
    expect(readConfig(base)).toEqual({
      databaseUrl: undefined,
      dataDir: '.data',
      host: 'localhost',
      port: 8443,
      adminPort: 0,
      publicPort: 8780,
      publicUrl: 'https://verify.example',
      pageDir: 'dist/verify',
      applyPageDir: 'dist/apply',
      feedPort: 8444,
      consolePort: 8790,
      consoleUrl: 'https://console.example',
      consolePageDir: 'dist/console',
      counterReader: 'http://127.0.0.1:8791',
      trustDir: '/trust',
      ocspUrl: undefined,
      mode: 'production',
      demoNow: undefined,
      fontPath: font,
      logLevel: 'info',
    });
  });

  it('reads the instant of a demo', () => {
    const config = readConfig({ ...base, SERVICE_MODE: 'demo', DEMO_NOW: '2026-11-20T10:00:00+09:00' });
    expect(config.demoNow).toBe(Date.UTC(2026, 10, 20, 1));
  });

  it('prints the address of the demo itself when none is set', () => {
    const config = readConfig({ ...base, SERVICE_MODE: 'demo', PUBLIC_URL: '' });
    expect(config.publicUrl).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...base, CENTER_PORT: '', OCSP_URL: '' }).port).toBe(8443);
  });

  const bad: [string, Record<string, string>, RegExp][] = [
    ['JPKI_TRUST_DIR', { JPKI_TRUST_DIR: '' }, /not set/],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }, /postgres/],
    ['CENTER_HOST', { CENTER_HOST: 'https://center' }, /not a host name/],
    ['CENTER_PORT', { CENTER_PORT: '99999' }, /not a port number/],
    ['ADMIN_PORT', { ADMIN_PORT: 'http' }, /not a port number/],
    ['PUBLIC_PORT', { PUBLIC_PORT: '-1' }, /not a port number/],
    ['PUBLIC_URL', { PUBLIC_URL: '' }, /printed on every certificate/],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://verify.example' }, /printed on every certificate/],
    ['PUBLIC_URL', { PUBLIC_URL: 'ftp://verify.example' }, /https/],
    ['PUBLIC_URL', { PUBLIC_URL: `https://${'long-'.repeat(12)}.example` }, /people type it/],
    ['CONSOLE_URL', { CONSOLE_URL: 'http://console.example' }, /staff sign in/],
    ['FEED_PORT', { FEED_PORT: 'tls' }, /not a port number/],
    ['CONSOLE_PORT', { CONSOLE_PORT: '70000' }, /not a port number/],
    ['OCSP_URL', { OCSP_URL: 'ldap://ocsp' }, /http/],
    ['SERVICE_MODE', { SERVICE_MODE: 'test' }, /neither demo nor production/],
    ['DEMO_NOW', { SERVICE_MODE: 'demo', DEMO_NOW: 'yesterday' }, /not an instant/],
    ['DEMO_NOW', { SERVICE_MODE: 'production', DEMO_NOW: '2026-11-20T10:00:00Z' }, /refused in production/],
    ['CERTIFICATE_FONT', { CERTIFICATE_FONT: '/no/such/font.ttf' }, /no file/],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, /none of/],
  ];
  it.each(bad)('%s: names itself and the reason', (variable, change, reason) => {
    const read = () => readConfig({ ...base, ...change });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(reason);
    expect(read).toThrow(new RegExp(`^${variable}: `));
  });

  it('never repeats a database URL: there is a password in it', () => {
    expect(() => readStorePlace({ DATABASE_URL: 'mysql://u:secret@h/x' })).toThrow(
      /^(?!.*secret)DATABASE_URL: /,
    );
  });
});
