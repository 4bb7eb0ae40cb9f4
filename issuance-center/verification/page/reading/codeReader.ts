/** Finds QR codes in a picture, on this device: zxing as WebAssembly, from our own origin. */
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** By default it would be fetched from elsewhere. Fetched at once, so that everything works when the network goes away. */
export function prepareCodeReader(): void {
  void prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true }).catch(
    () => undefined,
  );
}

const CODES: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 16 };

/** The bytes of every code that can be read; an empty list when there is none. */
export async function codesIn(picture: ImageData): Promise<readonly Uint8Array[]> {
  const found = await readBarcodes(picture, CODES);
  return found.filter(({ isValid }) => isValid).map(({ bytes }) => Uint8Array.from(bytes));
}
