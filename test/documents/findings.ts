/** A printed document held against its dataset, by the layout's JSON and the dataset's view alone. */
import type { RenderRequest } from '#center/documents/renderer.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import { expectedCells } from './expectedCells.ts';
import { findRows } from './expectedRows.ts';
import { textIn, withoutSpace, type Word } from './pageText.ts';

export const layoutOf = (request: RenderRequest) => JSON.parse(request.layout.json) as CertificateLayout;

/** What does not stand where it must; each entry names a place, never what stands there. */
export function findings(request: RenderRequest, pages: readonly (readonly Word[])[]): string[] {
  const layout = layoutOf(request);
  const view = datasets[request.dataset.id].view(request.dataset.value, request);
  if (layout.form === 'grid') {
    return expectedCells(layout, view, request).flatMap(({ page, box, text, place }) =>
      textIn(pages[page] ?? [], box) === withoutSpace(text) ? [] : [`page ${page + 1}: ${place}`],
    );
  }
  const missing = findRows(layout, view, request, pages);
  return missing ? [`row ${missing.index} ${missing.row} on page ${missing.page + 1}`] : [];
}
