/** What the agent knows of the card's application, as data: the next card has other values (card.md 3.7). */

export type CardHolderKind = 'my-number' | 'juki' | 'phone';

export interface CardProfile {
  /** DF name of the application */
  readonly application: Buffer;
  readonly tokenInfo: number;
  /** token label, trimmed, to what carries it */
  readonly labels: Readonly<Record<string, CardHolderKind>>;
  readonly certificate: number;
  readonly key: number;
  readonly pin: number;
  readonly pinDigits: number;
  readonly signature: SignatureAlgorithm;
}
export interface SignatureAlgorithm {
  readonly hash: 'sha256' | 'sha384';
  /** DER in front of the hash: the card pads a DigestInfo as it is given (card.md 2.6, P1 = 00) */
  readonly digestInfoPrefix: Buffer;
  readonly p1: number;
}

/** 公的個人認証AP, 利用者証明用 (card.md 1, 2.2, 2.3, 2.6). */
export const userAuthenticationProfile: CardProfile = {
  application: Buffer.from('d392f000260100000001', 'hex'),
  tokenInfo: 0x0006,
  labels: {
    JPKIAPICCTOKEN2: 'my-number',
    JPKIAPICCTOKEN: 'juki',
    JPKIAPGPSETOKEN: 'phone',
    JPKIAPIOSTOKEN: 'phone',
  },
  certificate: 0x000a,
  key: 0x0017,
  pin: 0x0018,
  pinDigits: 4,
  signature: {
    hash: 'sha256',
    digestInfoPrefix: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    p1: 0x00,
  },
};

/** The same application, 署名用: the certificate is readable after the password only (card.md 2.2). */
export const signatureProfile: Omit<CardProfile, 'pinDigits'> = {
  application: userAuthenticationProfile.application,
  tokenInfo: userAuthenticationProfile.tokenInfo,
  labels: userAuthenticationProfile.labels,
  certificate: 0x0001,
  key: 0x001a,
  pin: 0x001b,
  signature: userAuthenticationProfile.signature,
};
