/**
 * Exposes nothing on purpose: the page talks to the agent over the device link and needs nothing of Electron. With
 * `sandbox: true` this is built as CommonJS with the extension .cjs.
 */
export {};
