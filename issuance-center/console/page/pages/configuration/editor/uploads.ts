/** A file of the reader's machine handed to the center, which checks it. */
import { uploaded } from '../../../../../contract/console/configuration.ts';
import { api } from '../../../base/api.ts';

/** Answers with the name to write into the profile. Throws ApiFailure with the reason in words. */
export async function upload(kind: 'seal' | 'character-font', file: Blob) {
  return api.post(uploaded, '/api/assets', { kind, bytes: await base64Of(file) });
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(reader.error ?? new Error('the file cannot be read'));
    // data:…;base64,<the bytes>
    reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
    reader.readAsDataURL(file);
  });
}
