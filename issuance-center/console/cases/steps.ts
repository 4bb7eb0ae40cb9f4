/**
 * 誤交付 (operations.md 7, T13): what must have happened before a case is closed. A clerk neither reads nor shreds the paper:
 * it is evidence, and somebody else's data. Pure.
 */
export const reporters = {
  store: '店',
  resident: '住民',
  municipality: '職員',
  operator: '運用者（センター）',
} as const;
export type Reporter = keyof typeof reporters;
export const reporterIds = Object.keys(reporters) as [Reporter, ...Reporter[]];

/** Each step with the words it can be answered with. */
export const steps = {
  stop: {
    title: '交付を止める',
    values: {
      all: 'すべての交付を止めた',
      kind: 'その証明書を止めた',
      'not-needed': '止める必要がないと判断した',
    },
  },
  paper: {
    title: '紙を守る',
    values: {
      sealed: '店が読まずに封筒に入れ、保管している',
      'with-resident': '住民が持っている',
      recovered: '職員が回収した',
      destroyed: 'すでに裁断・廃棄されていた',
    },
  },
  output: {
    title: '紙の行方をたしかめる',
    values: {
      'right-holder': '正しい本人に渡っていた',
      'wrong-holder': '別の人に渡っていた',
      nobody: 'だれにも渡っていない',
    },
  },
  cause: {
    title: '原因をたしかめる',
    values: {
      kiosk: '機械',
      printer: '印刷',
      center: 'センター',
      register: '台帳の連携',
      configuration: '設定',
      person: '人の取り違え',
      none: '誤りではなかった',
    },
  },
  told: {
    title: '知らせる',
    values: {
      resident: '本人に知らせた',
      prefecture: '都道府県に知らせた',
      'privacy-commission': '個人情報保護委員会に知らせた',
      operator: 'センターの運用者に知らせた',
      store: '店に知らせた',
    },
  },
} as const;
export type StepId = keyof typeof steps;
export const stepIds = Object.keys(steps) as [StepId, ...StepId[]];

export const isValueOf = (step: StepId, value: string): boolean => Object.hasOwn(steps[step].values, value);

export interface TakenStep {
  readonly step: string;
  readonly value: string;
}

/** What is still to do, in words; empty: the case can be closed by a second person. */
export function missingSteps(taken: readonly TakenStep[], isWithdrawn: boolean): readonly string[] {
  const has = (step: StepId, value?: string) =>
    taken.some((one) => one.step === step && (value === undefined || one.value === value));
  const wrong = has('output', 'wrong-holder');
  return [
    ...stepIds.filter((step) => !has(step)).map((step) => steps[step].title),
    ...(wrong && !isWithdrawn ? ['証明書を無効にする'] : []),
    ...(wrong && !has('told', 'resident') ? ['本人に知らせる'] : []),
    ...(wrong && !has('told', 'privacy-commission') ? ['個人情報保護委員会に知らせる'] : []),
  ];
}
