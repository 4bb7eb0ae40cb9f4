/**
 * The panel's real size: every length in the styles is written in millimetres and multiplied by `--mm` (pixels per
 * millimetre), so that a target is as large on a 15-inch panel as on a 21-inch one (screens.md 1).
 */

/** Widths of the two reference panels: 21 inch upright, 15 inch lying. */
const PORTRAIT_WIDTH_MM = 261.5;
const LANDSCAPE_WIDTH_MM = 332;

export interface PanelSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Pixels per millimetre. `settings` is the page's fragment, which outlives the redirect that spends the token:
 * `#panelWidthMm=261.5` is the configured width; else the reference panel's.
 */
export function pixelsPerMillimetre(size: PanelSize, settings: string): number {
  const configured = Number(new URLSearchParams(settings).get('panelWidthMm'));
  const reference = size.widthPx > size.heightPx ? LANDSCAPE_WIDTH_MM : PORTRAIT_WIDTH_MM;
  return size.widthPx / (configured >= 100 && configured <= 1000 ? configured : reference);
}

/** Writes `--mm` now and whenever the window's size changes. Returns the way to stop. */
export function keepPanelScale(page: Window): () => void {
  const write = () => {
    const size = { widthPx: page.innerWidth, heightPx: page.innerHeight };
    const pixels = pixelsPerMillimetre(size, page.location.hash.slice(1));
    page.document.documentElement.style.setProperty('--mm', `${pixels.toFixed(4)}px`);
  };
  write();
  page.addEventListener('resize', write);
  return () => page.removeEventListener('resize', write);
}
