/** A file that must be asked for with a body: what it is about stands in no address. */
import { api } from '../../base/api.ts';

export async function saveFile(name: string, order: object): Promise<void> {
  const bytes = await api.file('POST', '/api/disclosure/file', order);
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)]));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
