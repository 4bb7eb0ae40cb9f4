/** Builds the gallery of all screens and serves it as the agent serves the product: same CSP, same origin only. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GALLERY = path.join(ROOT, 'dist/gallery');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface Gallery {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds dist/gallery and listens on a free port of 127.0.0.1. */
export async function openGallery(): Promise<Gallery> {
  await build({
    configFile: path.join(ROOT, 'renderer/vite.config.ts'),
    mode: 'gallery',
    logLevel: 'error',
  });
  const server = createServer((request, response) => {
    const name = path.normalize(new URL(request.url ?? '/', 'http://gallery').pathname);
    readFile(path.join(GALLERY, name)).then(
      (bytes) => {
        response.setHeader('content-security-policy', "default-src 'self'");
        response.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream');
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gallery.html`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
