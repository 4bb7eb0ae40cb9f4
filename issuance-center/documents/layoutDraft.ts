/** One page being laid out: fitted texts with their marked-content ids, rules, pictures, and what is read in order. */
import type { PrintableImage } from '#templates/datasets/printable.ts';
import type { Block, Frame, LaidOutPage, PlacedImage, ReadingItem, Rule, TextRun } from './laidOut.ts';
import { fitText, type Measure } from './layoutFit.ts';
import { placeLines, sizeOfPicture, type Align } from './layoutPlace.ts';

/** `field` of the dataset or item of the sheet; `person` is the number in the record */
export interface Misfit {
  readonly kind: 'does-not-fit';
  readonly field: string;
  readonly person?: number;
}

/** What and where, not yet fitted. */
export interface Place {
  readonly field: string;
  readonly person?: number;
  readonly frame: Frame;
  readonly align: Align;
}

export interface Picture {
  readonly kind: PlacedImage['kind'];
  readonly image: PrintableImage;
  readonly widthMm: number;
  readonly alt: string;
}

export interface PageDraft {
  /** Fits the text; the marks of its lines, none when it fits in no way (see `misfit`). */
  readonly write: (text: string, sizePt: number, place: Place) => readonly number[];
  /** Runs that are placed already: `make` is given the first free mark. */
  readonly put: (make: (firstMark: number) => readonly TextRun[]) => readonly number[];
  /** The picture at its own size, never scaled: vertically in the middle, sideways as aligned. */
  readonly picture: (picture: Picture, place: Place) => readonly number[];
  readonly rule: (...rules: readonly Rule[]) => void;
  readonly read: (item: ReadingItem) => void;
  /** the last run written, to be underlined */
  readonly lastRun: () => TextRun | undefined;
  /** what did not fit first; such a page is not used */
  readonly misfit: () => Misfit | undefined;
  readonly finish: (blocks: readonly Block[]) => LaidOutPage;
}

/** Dynamic marks begin at `firstMark`, after those of the static blocks that stand on the page. */
export function createDraft(measure: Measure, firstMark: number): PageDraft {
  let nextMark = firstMark;
  let misfit: Misfit | undefined;
  const texts: TextRun[] = [];
  const rules: Rule[] = [];
  const images: PlacedImage[] = [];
  const reading: ReadingItem[] = [];
  const put: PageDraft['put'] = (make) => {
    const runs = make(nextMark);
    nextMark += runs.length;
    texts.push(...runs);
    return runs.map(({ mark }) => mark!);
  };
  const refuse = ({ field, person }: Place): readonly number[] => {
    misfit ??= { kind: 'does-not-fit', field, person };
    return [];
  };
  return {
    put,
    write: (text, sizePt, place) => {
      const fit = fitText(text, place.frame, sizePt, measure);
      if (fit.kind === 'does-not-fit') return refuse(place);
      return put((mark) => placeLines(fit, place.frame, place.align, measure, mark));
    },
    picture: ({ kind, image, widthMm, alt }, place) => {
      const frame = frameOfPicture(sizeOfPicture(image, widthMm), place);
      if (!frame) return refuse(place);
      const mark = nextMark++;
      images.push({ kind, image, alt, mark, ...frame });
      return [mark];
    },
    rule: (...more) => void rules.push(...more),
    read: (item) => void reading.push(item),
    lastRun: () => texts.at(-1),
    misfit: () => misfit,
    finish: (blocks) => ({ blocks, texts, rules, images, reading, markCount: nextMark }),
  };
}

/** Undefined when the place is too small. */
function frameOfPicture(
  size: { readonly widthPt: number; readonly heightPt: number },
  { frame, align }: Place,
): Frame | undefined {
  const spare = frame.widthPt - size.widthPt;
  const spareBelow = frame.heightPt - size.heightPt;
  if (spare < 0 || spareBelow < 0) return undefined;
  const before = { left: 0, center: spare / 2, right: spare }[align];
  return { x: frame.x + before, y: frame.y + spareBelow / 2, ...size };
}
