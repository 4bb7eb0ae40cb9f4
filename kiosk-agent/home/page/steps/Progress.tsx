import type { ConsentStage } from '../../consentContract.ts';

const STEPS = [
  '申請をたしかめる',
  'カードを置く',
  'パスワード',
  '内容をたしかめる',
  '暗証番号と署名',
] as const;

/** Where the applicant is among five steps. */
export function Progress({ at }: { readonly at: ConsentStage }) {
  const now = placeOf(at);
  return (
    <p className="progress-of">
      手順 {now + 1} / {STEPS.length}　{STEPS[now]}
    </p>
  );
}

function placeOf(stage: ConsentStage): number {
  switch (stage.at) {
    case 'asking':
      return 0;
    case 'placing':
    case 'noticed':
    case 'enteringTextPin':
      return 1;
    case 'enteringPassword':
      return 2;
    case 'reviewing':
      return 3;
    case 'enteringPin':
      return 4;
    case 'working':
      return { reading: 1, letters: 1, password: 2, signing: 4 }[stage.what];
  }
}
