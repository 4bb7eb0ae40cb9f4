/** Passkeys in the browser: the center asks, the browser answers. Throws ApiFailure with words when the reader gave up. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { passkeyOptions } from '../../../../contract/console/session.ts';
import { api, ApiFailure, type ApiPath } from '../../base/api.ts';

const GIVEN_UP = 'パスキーを使えませんでした。もう一度試すか、ほかの方法をえらんでください';

type Json = Record<string, unknown>;
const spoken = async (ceremony: Promise<unknown>): Promise<Json> => {
  try {
    return (await ceremony) as Json;
  } catch {
    throw new ApiFailure('faults', GIVEN_UP);
  }
};

/** `question`: where the center asks. */
export async function passkeyAnswer(question: ApiPath): Promise<Json> {
  const { options } = await api.post(passkeyOptions, question);
  return spoken(startAuthentication({ optionsJSON: options as never }));
}

export async function newPasskey(question: ApiPath): Promise<Json> {
  const { options } = await api.post(passkeyOptions, question);
  return spoken(startRegistration({ optionsJSON: options as never }));
}

/** What the passkey is called in the list, until there is a better name. */
export const passkeyLabel = (): string => (/Mobi/.test(navigator.userAgent) ? 'スマートフォン' : 'パソコン');
