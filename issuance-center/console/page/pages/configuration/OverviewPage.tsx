/** What is in force, what waits, what was. */
import { overview } from '../../../../contract/console/configuration.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';

export function OverviewPage() {
  const { asked, reload } = useAnswer(overview, '/api/configuration');
  return (
    <>
      <PageHeading title="証明書の種類" />
      <Waiting asked={asked} reload={reload}>
        {({ kinds }) => <p>{kinds.length}</p>}
      </Waiting>
    </>
  );
}
