/** The front rebuilt from the signed data: sections, labels and values in reading order, large enough to compare by eye. */
import type { FrontItem, SignedPage } from '../../front/frontContent.ts';
import { useSay } from '../words.ts';
import { Letters, LettersFrom } from '../../../letters/Letters.tsx';
import { Picture } from './Picture.tsx';

export interface ShownPage {
  /** of the file, from 1 */
  readonly number: number;
  readonly picture: string;
}

interface FrontProps {
  readonly pages: readonly SignedPage[];
  /** pictures of fronts, where a file brought them, by page of the document */
  readonly pictures: ReadonlyMap<number, ShownPage>;
}

export function Front({ pages, pictures }: FrontProps) {
  const say = useSay();
  return (
    <section aria-labelledby="front-heading">
      <h2 id="front-heading">{say('front.heading')}</h2>
      <p>{say('front.lead')}</p>
      {pages.map((page) => (
        <Page key={`${page.documentDigest} ${page.page}`} page={page} picture={pictures.get(page.page)} />
      ))}
    </section>
  );
}

function Page({ page, picture }: { readonly page: SignedPage; readonly picture?: ShownPage }) {
  const say = useSay();
  const values = { page: page.page, of: page.of, issueNumber: page.issueNumber };
  return (
    <div className={picture ? 'page page-beside' : 'page'}>
      <article className="sheet" lang="ja" aria-label={say('pages.of', values)}>
        <p className="sheet-mark">{say('pages.of', values)}</p>
        <LettersFrom value={{ municipality: page.municipality, base: './' }}>
          {groupsOf(page.items).map((group, index) => (
            <Group key={index} items={group} />
          ))}
        </LettersFrom>
      </article>
      {picture && (
        <figure className="shown">
          <img src={picture.picture} alt={say('front.shown', { page: picture.number })} />
          <figcaption>
            {say('front.shown', { page: picture.number })}
            <br />
            {say('front.shown.note')}
          </figcaption>
        </figure>
      )}
    </div>
  );
}

/** Neighbours that stand in one table: labelled values of the same section. */
export function groupsOf(items: readonly FrontItem[]): readonly (readonly FrontItem[])[] {
  const groups: FrontItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const first = last?.[0];
    const fits = first && isRow(first) && isRow(item) && first.section === item.section;
    if (fits) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

const isRow = ({ role }: FrontItem): boolean => role === 'pair' || role === 'figure';

function Group({ items }: { readonly items: readonly FrontItem[] }) {
  const [first] = items;
  if (!first) return null;
  if (first.role === 'title') return <h3 className="sheet-title">{first.value}</h3>;
  if (first.role === 'paragraph')
    return (
      <p>
        <Letters text={[first.label, first.value].filter((text) => text !== '').join('　')} />
      </p>
    );
  return (
    <table>
      {first.section !== '' && (
        // stands for the heading that is printed above; not printed itself
        <caption className="visually-hidden">{first.section}</caption>
      )}
      <tbody>
        {items.map((item, index) => (
          <Row key={index} item={item} />
        ))}
      </tbody>
    </table>
  );
}

/** A value without a label takes the whole width, as on the paper. */
function Row({ item }: { readonly item: FrontItem }) {
  const say = useSay();
  const label = item.label || (item.role === 'figure' ? say('front.figure') : '');
  return (
    <tr>
      {label !== '' && <th scope="row">{label}</th>}
      <td colSpan={label === '' ? 2 : 1}>
        {item.picture ? <Picture picture={item.picture} name={item.value} /> : <Letters text={item.value} />}
      </td>
    </tr>
  );
}
