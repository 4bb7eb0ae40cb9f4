/** The public app over the harness of a center: no page is built, no outlines are drawn unless a test says so. */
import { buildPublicApp, type PublicDeps } from '#center/verification/publicApp.ts';
import type { Harness } from './harness.ts';

export function publicAppOf(center: Harness, more: Partial<PublicDeps> = {}) {
  const { configuration, clock, metrics, log } = center.deps;
  return buildPublicApp({
    db: center.db,
    kinds: configuration.common.kinds,
    names: configuration.names,
    clock,
    metrics,
    log,
    keys: center.municipalities.published,
    caCertificate: center.keys.caCertificate,
    glyphsOf: () => undefined,
    privateGlyphsOf: () => Promise.resolve(undefined),
    pageDir: '/nowhere',
    ...more,
  });
}
