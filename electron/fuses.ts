/**
 * The switches burnt into the packaged binary (@electron/fuses, FuseV1Options by name): the runtime can neither be used
 * as a plain Node, nor be debugged or given options from outside, nor load anything but the checked archive.
 */
export const frameFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
} as const;
