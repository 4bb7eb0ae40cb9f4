/** Before an act that weighs more: the second factor once more (api.ts, onConfirmNeeded). */
import { useEffect, useRef, useState } from 'react';
import { account, done } from '../../../../contract/console/session.ts';
import { api, onConfirmNeeded } from '../../base/api.ts';
import { DialogFrame } from '../../parts/DialogFrame.tsx';
import { SecondFactor } from './SecondFactor.tsx';

type Factors = readonly ('passkey' | 'one-time-code')[];

export function ConfirmIdentity() {
  const [factors, setFactors] = useState<Factors>();
  const answer = useRef<(isShown: boolean) => void>(undefined);
  useEffect(() => {
    onConfirmNeeded(async () => {
      setFactors(await ownFactors());
      return new Promise((resolve) => void (answer.current = resolve));
    });
  }, []);
  const close = (isShown: boolean) => {
    setFactors(undefined);
    answer.current?.(isShown);
  };
  return (
    <DialogFrame
      title="もう一度、本人確認をします"
      isOpen={factors !== undefined}
      onClose={() => close(false)}
    >
      <p>重要な操作です。本人であることを、もう一度たしかめます。</p>
      <SecondFactor
        factors={factors ?? []}
        at="/api/confirm"
        answer={done}
        onShown={() => close(true)}
        onGiveUp={() => close(false)}
      />
    </DialogFrame>
  );
}

async function ownFactors(): Promise<Factors> {
  const own = await api.get(account, '/api/account');
  return [
    ...(own.passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(own.oneTimeCode ? (['one-time-code'] as const) : []),
  ];
}
