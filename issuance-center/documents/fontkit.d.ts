/** fontkit 2.0.4 has no types of its own; this is the one function used here. */
declare module 'fontkit' {
  export function create(font: Uint8Array): unknown;
}
