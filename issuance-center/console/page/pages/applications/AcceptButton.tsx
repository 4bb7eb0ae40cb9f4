/** Registering a person: what will happen is said, and every difference is ticked off one by one. */
import { useState } from 'react';
import { done, type Candidate, type ComparedItemId } from '../../../../contract/console/applications.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { itemNames } from '../../../applications/obstacleWords.ts';
import { api } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { actPath } from './actPath.ts';

interface Props {
  readonly number: string;
  readonly revision: number;
  readonly candidate: Candidate;
  readonly reload: () => Promise<void>;
}

export function AcceptButton({ number, revision, candidate, reload }: Props) {
  const say = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [confirmed, setConfirmed] = useState<readonly ComparedItemId[]>([]);
  const { toConfirm, familyRegisterId, member, look } = candidate;
  const open = () => {
    setConfirmed([]);
    setOpen(true);
  };
  return (
    <div className="actions">
      <button type="button" className="button button-main" onClick={open}>
        この人で登録する
      </button>
      <ConfirmDialog
        title="この人で登録しますか"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        act="登録する"
        onConfirm={async () => {
          const wish = { revision, familyRegisterId, member, look, confirmed };
          await api.post(done, actPath(number, 'acceptance'), wish);
          say('登録しました');
          await reload();
        }}
      >
        <p>
          申請したカードで、
          <Letters text={candidate.headOfRegister} />
          の戸籍のこの人の証明書を、店で受け取れるようになります。
        </p>
        {toConfirm.length > 0 && (
          <fieldset className="choices">
            <legend>合っていないところがあります。同じ人だとたしかめたものに、印をつけてください</legend>
            {toConfirm.map((item) => (
              <label key={item} className="choice">
                <input
                  type="checkbox"
                  required
                  checked={confirmed.includes(item)}
                  onChange={({ target }) =>
                    setConfirmed((now) =>
                      target.checked ? [...now, item] : now.filter((each) => each !== item),
                    )
                  }
                />
                {itemNames[item]}のちがいを見て、同じ人だとたしかめました
              </label>
            ))}
          </fieldset>
        )}
      </ConfirmDialog>
    </div>
  );
}
