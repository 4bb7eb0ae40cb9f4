/**
 * `npm run templates:check [-- --templates DIR --out DIR]`: validates kinds, layouts, profiles, seals, 外字 and samples, prints
 * one line (file: path: reason, in Japanese) for each fault, and renders every sample of every municipality to PDF and PNG.
 * Exit status 1 when there is a fault, 2 when it cannot run.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTemplates, templatesDirectory, type Templates } from '#templates/load.ts';
import { checkSamples } from '#templates/sampleChecks.ts';
import { faultLine, TemplateError, type TemplateFault } from '#templates/templateFault.ts';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer } from '../renderer.ts';
import { printSamples, samplePrints, type Printed } from './samplePrints.ts';

/** Enough to read the smallest print on a screen. */
const DPI = 100;

const { values } = parseArgs({
  options: {
    templates: { type: 'string', default: templatesDirectory },
    out: { type: 'string', default: '.data/templates-check' },
  },
});
process.exit(check(resolve(values.templates), resolve(values.out)));

function check(directory: string, out: string): number {
  const loaded = load(directory);
  if ('faults' in loaded) return report(loaded.faults);
  const { samples, faults } = checkSamples(directory, loaded.templates);
  const render = createRenderer(openCertificateFont(loadFonts(process.env.CERTIFICATE_FONT)));
  const prints = printSamples(render, samplePrints(loaded.templates, samples));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const print of prints.printed) write(out, print);
  const status = report([...faults, ...prints.faults]);
  console.log(`見本 ${prints.printed.length} 件を ${out} に書き出しました（PDFとPNG）。`);
  return status;
}

function load(directory: string): { templates: Templates } | { faults: readonly TemplateFault[] } {
  try {
    return { templates: loadTemplates(directory) };
  } catch (error) {
    if (error instanceof TemplateError) return { faults: error.faults };
    throw error;
  }
}

function report(faults: readonly TemplateFault[]): number {
  for (const fault of faults) console.log(faultLine(fault));
  console.log(faults.length === 0 ? '不備はありません。' : `不備が ${faults.length} 件あります。`);
  return faults.length === 0 ? 0 : 1;
}

function write(out: string, { sample, municipality, bytes }: Printed): void {
  const file = join(out, `${sample}.${municipality}`);
  writeFileSync(`${file}.pdf`, bytes);
  execFileSync('pdftoppm', ['-r', String(DPI), '-png', `${file}.pdf`, file]);
}
