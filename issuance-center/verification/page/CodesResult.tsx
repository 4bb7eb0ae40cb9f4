/** What the codes amount to, with everything a person needs to compare the paper with. */
import type { SignedPage } from '../front/frontContent.ts';
import type { FrontVerdict } from '../front/openFront.ts';
import { findingOf, type Finding } from './finding.ts';
import { frontsIn, isSwapped } from './frontsAgree.ts';
import type { LookUp } from './lookUp.ts';
import { Compare } from './parts/Compare.tsx';
import { Facts } from './parts/Facts.tsx';
import { Front, type ShownPage } from './parts/Front.tsx';
import { Verdict } from './parts/Verdict.tsx';
import type { Reading, ReadingEvent } from './state.ts';
import { useLookUp, type Keys } from './useVerification.ts';
import { useSay } from './words.ts';

interface CodesResultProps {
  readonly reading: Reading;
  readonly verdict: FrontVerdict | undefined;
  readonly keys: Keys;
  readonly dispatch: (event: ReadingEvent) => void;
}

export function CodesResult({ reading, verdict, keys, dispatch }: CodesResultProps) {
  const say = useSay();
  const document = verdict?.kind === 'genuine' ? verdict.document : undefined;
  const [status, ask] = useLookUp(document?.issueNumber);
  const isWaiting = !verdict || (document && status.kind === 'asking');
  // without keys there is nothing to wait for; the page says so above
  if (keys === 'missing' && reading.codes.length > 0) return null;
  if (isWaiting)
    return (
      <p role="status" className="working">
        {say('asking')}
      </p>
    );
  const swapped =
    reading.saidDifferent || (document ? reading.files.some((pages) => isSwapped(pages, document)) : false);
  const finding = findingOf(verdict, status, swapped);
  return (
    <>
      {reading.unreadable.length > 0 && (
        <p className="fault" role="alert">
          {say('files.unreadable', { names: reading.unreadable.join(', ') })}
        </p>
      )}
      <Verdict finding={finding}>
        <Missing verdict={verdict} />
        <Identity verdict={verdict} keys={keys} />
        <AskAgain finding={finding} status={status} ask={ask} />
      </Verdict>
      {document && finding.tone !== 'bad' && (
        <Compare
          issueNumber={document.issueNumber}
          onDifferent={() => dispatch({ kind: 'said-different' })}
        />
      )}
      {verdict.kind === 'incomplete' && verdict.pages.length > 0 && (
        <Front pages={verdict.pages} pictures={new Map()} />
      )}
      {document && <Front pages={document.pages} pictures={picturesOf(reading, document)} />}
    </>
  );
}

type Genuine = Extract<FrontVerdict, { kind: 'genuine' }>['document'];

function picturesOf({ files }: Reading, document: Genuine): ReadonlyMap<number, ShownPage> {
  const shown = files.flatMap((pages) =>
    [...frontsIn(pages, document)].map(
      ([signed, index]) => [signed, { number: index + 1, picture: pages[index]!.picture }] as const,
    ),
  );
  return new Map(shown);
}

/** Codes and pages that are still to be read. */
function Missing({ verdict }: { readonly verdict: FrontVerdict }) {
  const say = useSay();
  if (verdict.kind !== 'incomplete') return null;
  return (
    <ul>
      {verdict.partial.map(({ setId, total, missing }) => (
        <li key={setId}>{say('missing.codes', { count: missing.length, total })}</li>
      ))}
      {verdict.missingPages.length > 0 && (
        <li>{say('missing.pages', { pages: verdict.missingPages.join(', ') })}</li>
      )}
    </ul>
  );
}

/** The certificate, or those whose pages were mixed. */
function Identity({ verdict, keys }: { readonly verdict: FrontVerdict; readonly keys: Keys }) {
  const say = useSay();
  if (verdict.kind === 'spliced') {
    return (
      <ul>
        {verdict.pages.map((page) => (
          <li key={`${page.documentDigest} ${page.page}`}>
            {say('pages.of', { page: page.page, of: page.of, issueNumber: page.issueNumber })}
          </li>
        ))}
      </ul>
    );
  }
  if (verdict.kind !== 'genuine') return null;
  const { document } = verdict;
  return (
    <Facts
      kind={document.kind}
      name={document.title}
      issueDate={document.issueDate}
      municipality={nameOf(document.pages[0]!, keys)}
      issueNumber={document.issueNumber}
      pages={document.pages.length}
    />
  );
}

function nameOf({ municipality }: SignedPage, keys: Keys): string {
  const key =
    typeof keys === 'string' ? undefined : keys.find((known) => known.municipality === municipality);
  return key?.municipalityName ?? municipality;
}

interface AskAgainProps {
  readonly finding: Finding;
  readonly status: LookUp;
  readonly ask: () => void;
}

/** The answer is still out: why, and a way to ask again. */
function AskAgain({ finding, status, ask }: AskAgainProps) {
  const say = useSay();
  if (finding.id !== 'genuine-unasked') return null;
  return (
    <>
      {(status.kind === 'limited' || status.kind === 'unreachable') && (
        <p>{say(status.kind === 'limited' ? 'verdict.limited.text' : 'verdict.unreachable.text')}</p>
      )}
      <button type="button" className="button" onClick={ask}>
        {say('ask.again')}
      </button>
    </>
  );
}
