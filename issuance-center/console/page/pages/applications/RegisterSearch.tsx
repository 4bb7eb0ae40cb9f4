/** Another 戸籍 by 本籍 and 筆頭者. What is asked is in the audit, and in no address. */
import { useState } from 'react';
import {
  candidates,
  type ApplicationDetail,
  type Candidate,
} from '../../../../contract/console/applications.ts';
import { api } from '../../base/api.ts';
import { useAct } from '../../base/useAct.ts';
import { TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { AcceptButton } from './AcceptButton.tsx';
import { actPath } from './actPath.ts';
import { CandidateCard } from './CandidateCard.tsx';

interface Props {
  readonly value: ApplicationDetail;
  readonly reload: () => Promise<void>;
}

export function RegisterSearch({ value, reload }: Props) {
  const [domicile, setDomicile] = useState('');
  const [headOfRegister, setHead] = useState('');
  const [found, setFound] = useState<readonly Candidate[]>();
  const search = useAct(async () => {
    const answer = await api.post(candidates, actPath(value.number, 'search'), { domicile, headOfRegister });
    setFound(answer.candidates);
  });
  return (
    <section className="stack" aria-label="ほかの戸籍をさがす">
      <h2>ほかの戸籍をさがす</h2>
      <Form
        faults={search.faults}
        reason={search.faults.length > 0 ? undefined : search.reason}
        onSubmit={() => void search.run()}
      >
        <TextField
          path="domicile"
          label="本籍（はじめの部分だけでも。市区町村の名前はなくてもかまいません）"
          value={domicile}
          onChange={setDomicile}
          maxLength={200}
        />
        <TextField
          path="headOfRegister"
          label="筆頭者（はじめの部分だけでも。なくてもかまいません）"
          value={headOfRegister}
          onChange={setHead}
          maxLength={80}
        />
        <div className="actions">
          <button type="submit" className="button" aria-disabled={search.isRunning}>
            戸籍をさがす
          </button>
        </div>
      </Form>
      <div role="status">
        {found && (
          <p>
            {found.length === 0
              ? 'あてはまる戸籍はありません。本籍を短くして、もう一度さがしてください。'
              : `見つかった戸籍：${found.length}件（多いときは10件まで）`}
          </p>
        )}
      </div>
      {found?.map((candidate, index) => (
        <CandidateCard
          key={`${candidate.familyRegisterId} ${candidate.member}`}
          candidate={candidate}
          title={`さがした戸籍${index + 1}`}
        >
          {value.isMine && candidate.obstacles.length === 0 && (
            <AcceptButton {...{ candidate, reload }} number={value.number} revision={value.revision} />
          )}
        </CandidateCard>
      ))}
    </section>
  );
}
