/**
 * `npm run templates:check [-- --templates DIR --out DIR]`: validates kinds, layouts, profiles, seals, 外字 and samples, prints
 * one line (file: path: reason, in Japanese) for each fault, and renders every sample of every municipality, and the
 * sheets, to PDF and PNG, as far as they are without fault.
 * Exit status 1 when there is a fault, 2 when it cannot run.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readTemplates, templatesDirectory } from '#templates/load.ts';
import { checkSamples } from '#templates/sampleChecks.ts';
import { faultLine, inJapanese, type TemplateFault } from '#templates/templateFault.ts';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer } from '../renderer.ts';
import { printSamples, samplePrints, sheetPrints, type Printed } from './samplePrints.ts';

/** Enough to read the smallest print on a screen. */
const DPI = 100;

const { values } = parseArgs({
  options: {
    templates: { type: 'string', default: templatesDirectory },
    out: { type: 'string', default: '.data/templates-check' },
  },
});
// a dataset reads a sample's value by itself: its messages are for municipal staff, too
z.config({ customError: inJapanese });
process.exit(check(resolve(values.templates), resolve(values.out)));

function check(directory: string, out: string): number {
  const read = readTemplates(directory);
  const { templates } = read;
  const { samples, sheets, faults } = checkSamples(directory, read);
  const render = createRenderer(openCertificateFont(loadFonts(process.env.CERTIFICATE_FONT)));
  const prints = printSamples(render, [
    ...samplePrints(templates, samples),
    ...sheetPrints(templates, sheets),
  ]);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const print of prints.printed) write(out, print);
  const status = report([...read.faults, ...faults, ...prints.faults]);
  console.log(`見本 ${prints.printed.length} 件を ${out} に書き出しました（PDFとPNG）。`);
  return status;
}

function report(faults: readonly TemplateFault[]): number {
  for (const fault of faults) console.log(faultLine(fault));
  console.log(faults.length === 0 ? '不備はありません。' : `不備が ${faults.length} 件あります。`);
  return faults.length === 0 ? 0 : 1;
}

function write(out: string, { sample, municipality, bytes }: Printed): void {
  const file = join(out, municipality === undefined ? sample : `${sample}.${municipality}`);
  writeFileSync(`${file}.pdf`, bytes);
  execFileSync('pdftoppm', ['-r', String(DPI), '-png', `${file}.pdf`, file]);
}
