/** A draft to write: its sections, what is wrong with it, and beside it what it will print. */
import {
  choices,
  version as versionContract,
  type Choices,
  type Version,
} from '../../../../contract/console/configuration.ts';
import { hrefOf, type Parts } from '../../base/addresses.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { Editor } from './editor/Editor.tsx';
import { OVERVIEW, VERSION, type EDITOR } from './places.ts';

export function EditorPage({ parts: { number } }: { readonly parts: Parts<typeof EDITOR> }) {
  const { asked, reload } = useAnswer(versionContract, `/api/versions/${number}`);
  const known = useAnswer(choices, '/api/configuration/choices');
  return (
    <>
      <PageHeading
        title={`証明書の種類　第${number}版の下書き`}
        up={{ label: '証明書の種類', href: OVERVIEW }}
      />
      <Waiting asked={asked} reload={reload}>
        {(version) => (
          <Waiting asked={known.asked} reload={known.reload}>
            {(found) => <Opened version={version} known={found} reload={reload} />}
          </Waiting>
        )}
      </Waiting>
    </>
  );
}

interface Props {
  readonly version: Version;
  readonly known: Choices;
  readonly reload: () => Promise<void>;
}

function Opened(props: Props) {
  const { number, state, base, revision } = props.version;
  if (state !== 'draft') {
    return (
      <Notice tone="warning" title="この版は、もう下書きではありません" isQuiet>
        <p>
          <Link to={hrefOf(VERSION, { number })}>第{number}版を見る</Link>
        </p>
      </Notice>
    );
  }
  // read again, the page begins again with what the center has
  const key = `${number} ${revision}`;
  if (base === null) return <Editor {...props} base={undefined} key={key} />;
  return <OverBase {...props} base={base} key={key} />;
}

/** What has begun in the version that is followed is shown as not to be changed. */
function OverBase({ base, ...props }: Props & { readonly base: number }) {
  const { asked, reload } = useAnswer(versionContract, `/api/versions/${base}`);
  return (
    <Waiting asked={asked} reload={reload}>
      {({ profile }) => <Editor {...props} base={profile} />}
    </Waiting>
  );
}
