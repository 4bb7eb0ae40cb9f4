/** Status words of the card (card.md 2.7) and the error that carries one out of a command. */

export const SW = {
  ok: 0x9000,
  /** 63Cx: x tries left */
  triesLeft: (tries: number) => 0x63c0 | Math.min(tries, 15),
  /** what had to be stored could not be stored (ISO/IEC 7816-4 table 6) */
  memoryFailure: 0x6581,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  /** READ, VERIFY and the others under secure messaging */
  secureMessagingRefused: 0x69fc,
  wrongFileType: 0x6981,
  securityStatus: 0x6982,
  /** VERIFY with data against a blocked reference (JICSAP: referenced IEF locked) */
  blocked: 0x6984,
  conditionsOfUse: 0x6985,
  noCurrentFile: 0x6986,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  referenceNotFound: 0x6a88,
  outsideFile: 0x6b00,
  instructionUnknown: 0x6d00,
  classUnknown: 0x6e00,
} as const;

/** Ends a command with a status word other than 9000. */
export class CardRefusal extends Error {
  readonly statusWord: number;
  constructor(statusWord: number) {
    super(`status word ${statusWord.toString(16)}`);
    this.statusWord = statusWord;
  }
}

/** Throws CardRefusal with `statusWord` unless the condition holds. */
export function demand(condition: unknown, statusWord: number): asserts condition {
  if (!condition) throw new CardRefusal(statusWord);
}
