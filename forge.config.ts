/**
 * Packaging of the frame (Electron Forge 8: needs Node 22.13 or newer, and the Electron zip from the network or from
 * ELECTRON_ZIP_DIR). The package holds the frame alone: agent and center are services of their own.
 */
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { MakerDeb } from '@electron-forge/maker-deb';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { frameFuses } from './electron/fuses.ts';

const fuseSettings = Object.fromEntries(
  Object.entries(frameFuses).map(([name, on]) => [FuseV1Options[name as keyof typeof frameFuses], on]),
);
const zipDir = process.env['ELECTRON_ZIP_DIR'];

const config: ForgeConfig = {
  packagerConfig: {
    name: 'certificate-kiosk-frame',
    asar: true,
    ...(zipDir ? { electronZipDir: zipDir } : {}),
  },
  makers: [
    new MakerDeb({
      options: {
        name: 'certificate-kiosk-frame',
        bin: 'certificate-kiosk-frame',
        section: 'misc',
        categories: ['System'],
      },
    }),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/main.ts', config: 'electron/vite.main.config.ts', target: 'main' },
        { entry: 'electron/preload.ts', config: 'electron/vite.preload.config.ts', target: 'preload' },
      ],
      renderer: [],
    }),
    new FusesPlugin({ version: FuseVersion.V1, ...fuseSettings }),
  ],
};

export default config;
