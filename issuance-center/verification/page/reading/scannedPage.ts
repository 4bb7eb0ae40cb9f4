/**
 * Is a page of a PDF the picture of a sheet? Scanners lay the words they believe to have read under it, where nobody sees
 * them: they are not what is printed, and a genuine certificate would not agree with them. Pure.
 */

/** As pdf.js lists what a page draws. */
export interface Drawn {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** pdf.js's numbers of operators (`OPS`). */
export interface OperatorNumbers {
  readonly setTextRenderingMode: number;
  readonly paintImageXObject: number;
  readonly paintImageXObjectRepeat: number;
  readonly paintInlineImageXObject: number;
  readonly paintInlineImageXObjectGroup: number;
}

/** Neither filled nor stroked (ISO 32000-1, 9.3.6). */
const INVISIBLE = 3;

/** Certificates draw their pictures as masks and all of their words visibly. */
export function isScanned({ fnArray, argsArray }: Drawn, operators: OperatorNumbers): boolean {
  const photos = [
    operators.paintImageXObject,
    operators.paintImageXObjectRepeat,
    operators.paintInlineImageXObject,
    operators.paintInlineImageXObjectGroup,
  ];
  return fnArray.some((operator, index) => {
    const [mode] = (argsArray[index] ?? []) as readonly unknown[];
    const isHidden = operator === operators.setTextRenderingMode && mode === INVISIBLE;
    return isHidden || photos.includes(operator);
  });
}
