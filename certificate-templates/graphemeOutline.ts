/** Outlines of characters that a screen's font cannot show right: made by the center, drawn by the screen, kept by nobody. */
import { z } from 'zod';

/** Units of an em, and the line the letters stand on (`y` grows downwards). */
export const OUTLINE_EM = 1000;
export const OUTLINE_BASELINE = 880;

export const graphemeOutline = z.object({
  /** in units of OUTLINE_EM */
  advance: z.number().min(0).max(4000),
  /** SVG path data: commands and numbers, nothing else */
  path: z
    .string()
    .max(20_000)
    .regex(/^[MLHVCSQTAZmlhvcsqtaz0-9eE., +-]*$/),
});
export type GraphemeOutline = z.infer<typeof graphemeOutline>;

/** By grapheme of the text they belong to; what is not in here the screen sets in its own font. */
export const graphemeOutlines = z.record(z.string(), graphemeOutline);
export type GraphemeOutlines = z.infer<typeof graphemeOutlines>;
