/** npm run card:new: makes a virtual card with its own keys and certificates, and enters them into the authority. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { civilDate } from '#templates/vocabulary.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { certificateVariants } from '#simulators/authority/certificateVariant.ts';
import { issueCard, type CardOrder } from '#simulators/authority/issueCard.ts';
import { cardStates, writeCardFile } from './cardFile.ts';

const HELP = `Makes a virtual My Number card.

  npm run card:new -- --out card.json [options]

  --out <file>              where the card is written (must not exist; --force replaces it)
  --name <text>             氏名, family name, U+3000 or a space, given name   (見本　太郎)
  --address <text>          住所                                (東京都見本市中央１丁目２番３号)
  --birth-date <YYYY-MM-DD> 生年月日                                        (1980-01-01)
  --sex <male|female|not-applicable>                                        (male)
  --pin <4 digits>          利用者証明用 PIN, and every other 4-digit PIN of the card (1234)
  --password <text>         署名用パスワード, 6 to 16 of A-Z 0-9                 (ABC123)
  --serial <digits>         製造番号 of the card, up to 15 digits             (random)
  --certificate-serial <hex> 発行番号 of the 利用者証明用 certificate, 8 digits  (random)
  --expiry <YYYY-MM-DD>     expiry of the card         (10th birthday; 5th under 18)
  --state <state>           ${cardStates.slice(0, 4).join(', ')},
                            ${cardStates.slice(4).join(', ')}  (valid)
  --phone <android|iphone>  which phone --state smartphone is                 (android)
  --certificate <variant>   a certificate that is otherwise wrong: ${certificateVariants.slice(5, 9).join(', ')},
                            ${certificateVariants.slice(9).join(', ')}
  --municipality <code>     団体コード, 5 or 6 digits                          (992011)
  --generation <1|2>        which of the two CAs of the same name issues      (2)
  --authority-dir <dir>     the JPKI authority; made when absent  (\${DATA_DIR:-.data}/authority)
  --force                   replace the file
  --help                    this text

It prints one JSON object: the file and, for each certificate, issuerKeyId (SHA-256 of the CA's SubjectPublicKeyInfo) and serial.
`;

const OPTIONS = {
  out: { type: 'string' },
  name: { type: 'string', default: '見本\u3000太郎' },
  address: { type: 'string', default: '東京都見本市中央１丁目２番３号' },
  'birth-date': { type: 'string', default: '1980-01-01' },
  sex: { type: 'string', default: 'male' },
  pin: { type: 'string', default: '1234' },
  password: { type: 'string', default: 'ABC123' },
  serial: { type: 'string' },
  'certificate-serial': { type: 'string' },
  expiry: { type: 'string' },
  state: { type: 'string', default: 'valid' },
  phone: { type: 'string', default: 'android' },
  certificate: { type: 'string' },
  municipality: { type: 'string', default: '992011' },
  generation: { type: 'string', default: '2' },
  'authority-dir': { type: 'string' },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Same sentence for every choice: which values there are. */
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);
const date = z
  .string()
  .refine((text) => civilDate.safeParse(text).success, 'must be a day that exists, YYYY-MM-DD')
  .transform((text) => civilDate.parse(text));

const argumentsSchema = z.object({
  out: z.string('is required').min(1, 'is required'),
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .transform((text) => text.replace(' ', '\u3000')),
  address: z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters'),
  'birth-date': date.refine((text) => text >= '1868-01-25', 'must be 1868-01-25 or later'),
  sex: choice(['male', 'female', 'not-applicable']),
  pin: z.string().regex(/^\d{4}$/, 'must be 4 digits'),
  password: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{6,16}$/, 'must be 6 to 16 letters A-Z and digits'),
  serial: z
    .string()
    .regex(/^\d{1,15}$/, 'must be 1 to 15 digits')
    .transform((text) => text.padStart(15, '0'))
    .optional(),
  'certificate-serial': z
    .string()
    .toLowerCase()
    .regex(/^[0-7][0-9a-f]{7}$/, 'must be 8 hexadecimal digits, the first of them 0 to 7')
    .refine((text) => !text.startsWith('00'), 'must not start with 00')
    .optional(),
  expiry: date.optional(),
  state: choice(cardStates),
  phone: choice(['android', 'iphone']),
  certificate: choice(certificateVariants).optional(),
  municipality: z.string().regex(/^\d{5,6}$/, 'must be 5 or 6 digits'),
  generation: choice(['1', '2']).transform((text) => (text === '1' ? 1 : 2)),
  'authority-dir': z.string().optional(),
  force: z.boolean(),
});
export type NewCardArguments = z.infer<typeof argumentsSchema>;

export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'make'; readonly values: NewCardArguments };

/** What the command line asks for; `today` (YYYY-MM-DD) refuses people not yet born. Values of PINs never stand in a problem. */
export function parseNewCardArguments(args: readonly string[], today: string): ParsedArguments {
  let raw;
  try {
    raw = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    return { kind: 'wrong', problems: [text] };
  }
  if (raw.help) return { kind: 'help' };
  const parsed = argumentsSchema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`);
    return { kind: 'wrong', problems };
  }
  if (parsed.data['birth-date'] > today)
    return { kind: 'wrong', problems: ['--birth-date must not be in the future'] };
  if (!parsed.data.force && existsSync(parsed.data.out)) {
    return { kind: 'wrong', problems: [`--out ${parsed.data.out} exists already (--force replaces it)`] };
  }
  return { kind: 'make', values: parsed.data };
}

function orderOf(values: NewCardArguments): CardOrder {
  const { name, address, sex, pin, password, serial, expiry, state, generation } = values;
  return {
    holder: { name, address, sex, birthDate: values['birth-date'] },
    municipalityCode: values.municipality,
    pin,
    password,
    state,
    generation,
    expiry,
    cardSerial: serial,
    certificateSerial: values['certificate-serial'],
    variant: values.certificate,
    kind: state === 'smartphone' ? values.phone : undefined,
  };
}

async function main(): Promise<number> {
  const clock = () => Date.now();
  const parsed = parseNewCardArguments(process.argv.slice(2), new Date(clock()).toISOString().slice(0, 10));
  if (parsed.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    process.stderr.write(parsed.problems.map((problem) => `card:new: ${problem}\n`).join(''));
    process.stderr.write('card:new: --help lists every option\n');
    return 2;
  }
  const { values } = parsed;
  const dir = values['authority-dir'] ?? join(process.env['DATA_DIR'] || '.data', 'authority');
  const authority = await createAuthority(dir, { clock });
  const { card, authentication, signature } = await issueCard(authority, orderOf(values));
  writeCardFile(values.out, card);
  const summary = {
    file: resolve(values.out),
    kind: card.kind,
    state: card.state,
    authentication,
    signature,
  };
  process.stdout.write(
    `${JSON.stringify({ ...summary, cardSerial: card.cardSerial, expiry: card.expiry })}\n`,
  );
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      process.stderr.write(`card:new: ${error instanceof Error ? error.message : 'failed'}\n`);
      process.exitCode = 1;
    },
  );
}
