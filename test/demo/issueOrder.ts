/** The command line of `npm run issue`, read and checked before anything starts. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTemplates } from '#templates/load.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { VisitWish } from './driveVisit.ts';

export class UsageError extends Error {}

export interface Order {
  readonly card: string;
  readonly out: string;
  readonly wish: VisitWish;
}

const kinds = (): readonly CertificateKind[] => [...loadTemplates().kinds.values()].map(({ value }) => value);

export const help =
  (): string => `Issues certificates without a screen, through the whole demo: one visit, one payment.

  npm run issue -- --card <id> --pin <pin> --certificate <kind> [--certificate <kind> ...] --out <dir>
      [--extent whole|part|self] [--members all|1,3|<names, separated by commas>]
      [--include relationship,registered-domicile,...] [--all-options] [--copies n] [--municipality <code>]
  npm run issue -- --list-cards

Prints one JSON object a certificate and writes the PDFs, named by their issue numbers, and the receipt. Extent, members
and options count for every certificate that asks about them. --municipality: of the residence, or of the 本籍地.
Exit status: 0 issued, 3 refused with a notice, 2 wrong arguments, 1 a fault.
Kinds: ${kinds()
    .map(({ id }) => id)
    .join(', ')}
`;

/** Throws UsageError with one sentence, or TypeError for an argument there is not. */
export function readOrder(args: readonly string[]): 'help' | 'list-cards' | Order {
  const { values } = parseArgs({
    args: [...args],
    options: {
      card: { type: 'string' },
      pin: { type: 'string' },
      certificate: { type: 'string', multiple: true, default: [] },
      extent: { type: 'string' },
      members: { type: 'string' },
      include: { type: 'string', default: '' },
      'all-options': { type: 'boolean', default: false },
      copies: { type: 'string', default: '1' },
      municipality: { type: 'string' },
      out: { type: 'string' },
      'list-cards': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values['list-cards']) return 'list-cards';
  const { card, pin, certificate: ids, out } = values;
  if (!card || !pin || ids.length === 0 || !out)
    throw new UsageError('--card, --pin, --certificate and --out are needed (--help)');
  if (!/^\d{4}$/.test(pin)) throw new UsageError('--pin is four digits');
  if (!/^[1-9]\d?$/.test(values.copies)) throw new UsageError('--copies is a number from 1');
  const wanted = ids.map(kindOf);
  const include = values.include.split(',').filter((id) => id !== '');
  const options = optionsOf(wanted, include);
  return {
    card,
    out: resolve(out),
    wish: {
      pin,
      kinds: ids,
      ...extentOf(values.extent),
      ...membersOf(values.members),
      ...municipalityOf(values.municipality),
      include: values['all-options'] ? 'all' : include,
      unlessNobody: options.filter(({ audience }) => audience !== 'anyone').map(({ id }) => id),
      copies: Number(values.copies),
    },
  };
}

function kindOf(id: string): CertificateKind {
  const kind = kinds().find((candidate) => candidate.id === id);
  if (!kind) throw new UsageError(`no such certificate: ${id}`);
  return kind;
}

/** The options of these kinds. Throws UsageError for an id that none of them has. */
function optionsOf(
  wanted: readonly CertificateKind[],
  include: readonly string[],
): CertificateKind['options'] {
  const options = wanted.flatMap((kind) => kind.options);
  const unknown = include.filter((id) => !options.some((option) => option.id === id));
  const known = [...new Set(options.map(({ id }) => id))].join(', ') || 'none';
  if (unknown.length > 0) throw new UsageError(`no such option: ${unknown.join(', ')}; there are ${known}`);
  return options;
}

function extentOf(text: string | undefined): Pick<VisitWish, 'extent'> {
  if (text === undefined) return {};
  if (text !== 'whole' && text !== 'part' && text !== 'self')
    throw new UsageError('--extent is whole, part or self');
  return { extent: text };
}

function membersOf(text: string | undefined): Pick<VisitWish, 'members'> {
  if (text === undefined) return {};
  if (text === 'all') return { members: 'all' };
  const members = text.split(/[,、]/).filter((word) => word !== '');
  if (members.length === 0) throw new UsageError('--members is all, numbers such as 1,3, or names');
  return { members };
}

function municipalityOf(text: string | undefined): Pick<VisitWish, 'municipality'> {
  if (text === undefined) return {};
  const parsed = municipalityCode.safeParse(text);
  if (!parsed.success) throw new UsageError('--municipality is a code of six digits');
  return { municipality: parsed.data };
}
