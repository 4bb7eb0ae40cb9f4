/** One part of the editor. */
import { BasicSection } from './BasicSection.tsx';
import { DaysSection } from './DaysSection.tsx';
import { DomicileSection } from './DomicileSection.tsx';
import { FeedsSection } from './FeedsSection.tsx';
import { HeadSection } from './HeadSection.tsx';
import { KindsSection } from './KindsSection.tsx';
import { PrintSection } from './PrintSection.tsx';
import { ReviewSection } from './ReviewSection.tsx';
import { SealSection } from './SealSection.tsx';
import type { SectionId } from './sections.ts';

export function Section({ section }: { readonly section: SectionId }) {
  switch (section) {
    case 'basic':
      return <BasicSection />;
    case 'kinds':
      return <KindsSection />;
    case 'days':
      return <DaysSection />;
    case 'domicile':
      return <DomicileSection />;
    case 'head':
      return <HeadSection />;
    case 'seal':
      return <SealSection />;
    case 'print':
      return <PrintSection />;
    case 'feeds':
      return <FeedsSection />;
    case 'review':
      return <ReviewSection />;
  }
}
