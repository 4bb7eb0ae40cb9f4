/** What became of the output of an attempt that raised an alarm. Closed on purpose: words of one's own could name a person. */
export const outputs = {
  'not-printed': '紙は出ていない（機械で確認した）',
  'handed-to-holder': '正しい本人に渡っている',
  recovered: '紙を回収した',
  destroyed: '紙は裁断・廃棄された',
  'with-somebody-else': '別の人に渡った（回収できていない）',
} as const;
export type Output = keyof typeof outputs;
export const outputIds = Object.keys(outputs) as [Output, ...Output[]];

/** What of the certificate has to be known before anybody can say what became of its paper. */
export type CertificateState = 'prepared' | 'printed' | 'void';

/**
 * Why an alarm cannot be closed with this word; undefined when it can. A certificate that is neither printed nor void may
 * still come out of the printer; one that was printed has left paper.
 */
export function whyNotAccounted(
  states: readonly CertificateState[],
  output: Output,
): 'unsettled' | 'printed-after-all' | undefined {
  if (states.includes('prepared')) return 'unsettled';
  return output === 'not-printed' && states.includes('printed') ? 'printed-after-all' : undefined;
}
