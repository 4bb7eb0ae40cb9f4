/** The center's signed word on one certificate (architecture.md 3.5): what the kiosk checks before it prints. */
import { sign, type KeyObject } from 'node:crypto';
import { MANIFEST_TAG, manifest, type Manifest, type SignedManifest } from '../contract/kioskApi.ts';

/** Signs with Ed25519 over MANIFEST_TAG and the payload, whose exact text travels. */
export function signManifest(content: Manifest, key: KeyObject): SignedManifest {
  const payload = JSON.stringify(manifest.parse(content));
  const signature = sign(null, Buffer.from(`${MANIFEST_TAG}${payload}`, 'utf8'), key);
  return { payload, signature: signature.toString('base64') };
}
