/** 証明書の種類: what is stopped, what waits, what is in force today, and every version there was. */
import {
  choices,
  overview,
  startedDraft,
  type Overview,
} from '../../../../contract/console/configuration.ts';
import { hrefOf } from '../../base/addresses.ts';
import { api } from '../../base/api.ts';
import { goTo } from '../../base/place.ts';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Day } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { InForce } from './overview/InForce.tsx';
import { OpenStops } from './overview/OpenStops.tsx';
import { Pending } from './overview/Pending.tsx';
import { Versions } from './overview/Versions.tsx';
import { EDITOR } from './places.ts';

export function OverviewPage() {
  const who = useWho();
  const { asked, reload } = useAnswer(overview, '/api/configuration');
  const known = useAnswer(choices, '/api/configuration/choices');
  const start = useStartDraft();
  return (
    <>
      <PageHeading
        title="証明書の種類"
        lead="店の機械で取れる証明書と、手数料・時間・印刷の中身です。変えるときは下書きを作り、ほかの人の承認を受けます。"
        actions={
          who.may('edit-configuration') && (
            <button
              type="button"
              className="button button-main"
              aria-disabled={start.isRunning}
              onClick={() => void start.run(null)}
            >
              変更の下書きを作る
            </button>
          )
        }
      />
      {start.reason && <Notice tone="bad">{start.reason}</Notice>}
      <Waiting asked={asked} reload={reload}>
        {(found) => (
          <div className="stack wide-gap">
            <Beginning found={found} />
            <OpenStops stops={found.stops} kinds={found.kinds} onChanged={reload} />
            <Pending versions={found.versions} />
            {known.asked.at === 'answered' && (
              <InForce found={found} known={known.asked.value} onChanged={reload} />
            )}
            <Versions versions={found.versions} />
          </div>
        )}
      </Waiting>
    </>
  );
}

/** Makes a draft of what was approved last, or of an earlier version, and goes to it. */
export function useStartDraft() {
  return useAct(async (from: number | null) => {
    const { number } = await api.post(startedDraft, '/api/versions', { from });
    await goTo(hrefOf(EDITOR, { number }));
  });
}

function Beginning({ found: { inForce, startsOn } }: { readonly found: Overview }) {
  const who = useWho();
  if (inForce === null) {
    return (
      <Notice tone="plain" title="まだ何も決まっていません" isQuiet>
        <p>
          「変更の下書きを作る」で、交付を始める日・手数料・首長・公印を決めてください。下書きは、ほかの人が承認するまで、何にも影響しません。
        </p>
      </Notice>
    );
  }
  const isAhead = startsOn !== null && Date.parse(`${startsOn}T00:00:00+09:00`) > who.clock();
  if (!isAhead || startsOn === null) return null;
  return (
    <Notice tone="plain" title="交付は、まだ始まっていません" isQuiet>
      <p>
        <Day day={startsOn} /> から始まります。
      </p>
    </Notice>
  );
}
