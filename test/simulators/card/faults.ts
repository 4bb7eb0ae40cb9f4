/** Faults a reader can be made to meet (card.md 6.2): which command, and what happens instead. */

/** `nth` counts the command APDUs since insertion from 1; `instruction` is INS, `occurrence` counts its matches from 1. */
export type FaultTarget =
  | { readonly kind: 'every' }
  | { readonly kind: 'nth'; readonly nth: number }
  | { readonly kind: 'instruction'; readonly instruction: number; readonly occurrence?: number };

export type CardFault =
  /** The card leaves during the command. `answer lost`: it executed it, as after a VERIFY that counted. */
  | { readonly kind: 'pull'; readonly when: FaultTarget; readonly moment?: 'before' | 'answer lost' }
  | { readonly kind: 'delay'; readonly when: FaultTarget; readonly ms: number }
  /** Only the first `bytes` of the answer. */
  | { readonly kind: 'truncate'; readonly when: FaultTarget; readonly bytes: number }
  /**
   * A frame of length zero. The direct reader takes it for removal; vpcd 3.3 goes on waiting (measured), so that under pcscd
   * it is like `silent` until the card is taken away.
   */
  | { readonly kind: 'empty'; readonly when: FaultTarget }
  /** Other bytes instead of the answer, e.g. 6F00, 6110, 6C20 or a foreign signature; the card still executes. */
  | { readonly kind: 'replace'; readonly when: FaultTarget; readonly bytes: Uint8Array }
  /** No answer at all. */
  | { readonly kind: 'silent'; readonly when: FaultTarget }
  /** No answer to the reader's presence check either. */
  | { readonly kind: 'silent-presence' };

type TargetedFault = Exclude<CardFault, { kind: 'silent-presence' }>;

/** Decides per command which faults strike; it counts commands since it was made. */
export function faultSelector(faults: readonly CardFault[]): (command: Uint8Array) => TargetedFault[] {
  const targeted = faults.filter((fault) => fault.kind !== 'silent-presence');
  const seen = new Map<number, number>();
  let count = 0;
  return (command) => {
    count++;
    const instruction = command[1] ?? 0;
    const occurrence = (seen.get(instruction) ?? 0) + 1;
    seen.set(instruction, occurrence);
    return targeted.filter(({ when }) => {
      switch (when.kind) {
        case 'every':
          return true;
        case 'nth':
          return when.nth === count;
        case 'instruction':
          return (
            when.instruction === instruction &&
            (when.occurrence === undefined || when.occurrence === occurrence)
          );
      }
    });
  };
}
