/** 公印: the image at the size it is printed at, with its resolution. */
import { useId, useState } from 'react';
import { useAct } from '../../../base/useAct.ts';
import { NumberField, TextField } from '../../../parts/fields.tsx';
import { useFaultsOf } from '../../../parts/Form.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import type { DraftProfile } from '../draftProfile.ts';
import { DatedRows } from './DatedRows.tsx';
import { useEdit } from './edit.tsx';
import { FileButton } from './FileButton.tsx';
import { upload } from './uploads.ts';

type Seal = DraftProfile['seal'][number];
/** The center's limit (profileChecks.ts); it decides, this only tells early. */
const MINIMUM_DPI = 400;
const MM_PER_INCH = 25.4;
const USUAL_WIDTH_MM = 21;

export function SealSection() {
  const { draft, base } = useEdit();
  return (
    <section className="card" aria-labelledby="section-title">
      <h2 id="section-title">公印</h2>
      <DatedRows
        path="seal"
        legend="公印"
        isLegendHidden
        help="PNGの画像（1ビットの白黒）で、印刷の大きさで400dpi以上が必要です。15mmから30mmまで。"
        rows={draft.profile.seal}
        baseRows={base?.seal}
        blank={(from, row) => ({
          from,
          image: row?.image,
          widthMm: row?.widthMm ?? USUAL_WIDTH_MM,
          description: row?.description,
        })}
      >
        {(row, path, locked) => <SealFields row={row} path={path} locked={locked} />}
      </DatedRows>
    </section>
  );
}

interface Props {
  readonly row: Seal;
  readonly path: string;
  readonly locked: string | undefined;
}

function SealFields({ row, path, locked }: Props) {
  const { draft } = useEdit();
  return (
    <div className="seal">
      <div className="stack">
        <SealImage row={row} path={path} locked={locked} />
        <NumberField
          path={`${path}.widthMm`}
          label="印刷する幅"
          unit="mm"
          isDecimal
          locked={locked}
          value={row.widthMm}
          onChange={(width) => draft.set(`${path}.widthMm`, width)}
        />
        <TextField
          path={`${path}.description`}
          label="印に書いてある文字"
          help="例：みほん市長之印。目の見えない人と、確認のページのために使います。"
          locked={locked}
          maxLength={120}
          value={row.description ?? ''}
          onChange={(text) => draft.set(`${path}.description`, text)}
        />
      </div>
    </div>
  );
}

function SealImage({ row: { image, widthMm, description }, path, locked }: Props) {
  const { draft } = useEdit();
  const [pixels, setPixels] = useState<number>();
  const faults = useFaultsOf(`${path}.image`);
  const note = useId();
  const act = useAct(async (file: File) => {
    const { name } = await upload('seal', file);
    draft.set(`${path}.image`, name);
  });
  return (
    <div className="stack" data-faulty={faults.length > 0 || undefined}>
      {image && (
        <figure className="seal-picture">
          <img
            src={`/api/assets/${image}`}
            alt={`公印の画像　${description ?? ''}`}
            style={{ inlineSize: `${widthMm ?? USUAL_WIDTH_MM}mm` }}
            onLoad={({ currentTarget }) => setPixels(currentTarget.naturalWidth)}
          />
          <figcaption>
            印刷の大きさ（画面により少し変わります）
            {pixels && widthMm ? <Resolution pixels={pixels} widthMm={widthMm} /> : null}
          </figcaption>
        </figure>
      )}
      {locked === undefined && (
        <FileButton
          label={image ? '公印の画像を取りかえる' : '公印の画像をえらぶ'}
          accept=".png,image/png"
          isBusy={act.isRunning}
          onChosen={(file) => void act.run(file)}
          describedBy={note}
        />
      )}
      <div id={note}>
        {act.reason && <Notice tone="bad">{act.reason}</Notice>}
        {faults.map((reason) => (
          <p key={reason} className="field-fault">
            {reason}
          </p>
        ))}
      </div>
    </div>
  );
}

function Resolution({ pixels, widthMm }: { readonly pixels: number; readonly widthMm: number }) {
  const dpi = Math.floor(pixels / (widthMm / MM_PER_INCH));
  const isFine = dpi >= MINIMUM_DPI;
  return (
    <span className="resolution">
      <StateBadge tone={isFine ? 'good' : 'bad'}>{`${dpi}dpi`}</StateBadge>{' '}
      {isFine ? '細かさは足りています' : `細かさが足りません（${MINIMUM_DPI}dpi以上）`}
    </span>
  );
}
