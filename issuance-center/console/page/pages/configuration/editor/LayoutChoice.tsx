/** 様式: each with a picture of what it does. */
import { FieldGroup } from '../../../parts/fields.tsx';
import { LAYOUTS, layoutWords, variantOf, type LayoutVariant } from '../words.ts';
import { useEdit } from './edit.tsx';

interface Props {
  readonly path: string;
  readonly layouts: readonly string[];
  readonly value: string | undefined;
}

export function LayoutChoice({ path, layouts, value }: Props) {
  const { draft } = useEdit();
  if (layouts.length === 1 && layouts[0] === value) return null;
  return (
    <FieldGroup path={path} legend="様式">
      <div className="layouts">
        {layouts.map((layout) => {
          const variant = variantOf(layout);
          return (
            <label key={layout} className="layout-choice">
              <input
                type="radio"
                name={path}
                checked={value === layout}
                onChange={() => draft.set(path, layout)}
              />
              {variant && <LayoutPicture variant={variant} />}
              <span>
                <strong>{layoutWords(layout)}</strong>
                {variant && <span className="field-help">{LAYOUTS[variant].explanation}</span>}
              </span>
            </label>
          );
        })}
      </div>
    </FieldGroup>
  );
}

/** Sheets and the persons on them. */
function LayoutPicture({ variant }: { readonly variant: LayoutVariant }) {
  const person = (x: number, y: number) => <rect key={`${x} ${y}`} x={x} y={y} width="34" height="11" />;
  return (
    <svg viewBox="0 0 120 76" width="120" height="76" aria-hidden="true" className="layout-picture">
      {variant === 'individual' ? (
        <>
          <path d="M64 6h46v62h-46z" />
          <path d="M30 8h46v62h-46z" />
          <path d="M4 10h46v62h-46z" />
          {person(10, 20)}
        </>
      ) : (
        <>
          <path d="M37 6h46v64h-46z" />
          {variant === 'household' ? [14, 28, 42].map((y) => person(43, y)) : person(43, 26)}
        </>
      )}
    </svg>
  );
}
